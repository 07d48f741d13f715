"""Django's settings, made from the environment. What a workspace can change while running is in headway.settings."""

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from headway.foundation import environment, keys, logs, telemetry

ENV = environment.read()
SOURCE = Path(__file__).resolve().parent.parent

PUBLIC_URL = (ENV.public_url or f"http://{'127.0.0.1' if ENV.host == '0.0.0.0' else ENV.host}:{ENV.port}").rstrip("/")  # noqa: S104
_public = urlsplit(PUBLIC_URL)

# What our own code reads, through django.conf.settings.HEADWAY
HEADWAY = SimpleNamespace(
    env=ENV,
    files=environment.files_address(ENV),
    files_endpoint=ENV.files_endpoint,
    lake=environment.lake_address(ENV),
    lake_memory=ENV.lake_memory,
    lake_threads=ENV.lake_threads,
    public_url=PUBLIC_URL,
    live_url=ENV.live_url,
    live_port=ENV.live_port or ENV.port + 1,
    trusted_proxies=[part.strip() for part in ENV.trusted_proxies.split(",") if part.strip()],
    mail=ENV.mail,
    mail_from=ENV.mail_from or f"support@{_public.hostname}",
)

DEBUG = ENV.debug
SECRET_KEY = keys.derive("django", 48).hex()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", str(_public.hostname)]
ALLOWED_HOSTS += [part.strip() for part in ENV.allowed_hosts.split(",") if part.strip()]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "procrastinate.contrib.django",
    "headway.foundation",
    "headway.events",
    "headway.settings",
    "headway.people",
    "headway.tickets",
    "headway.sla",
    "headway.notifications",
    "headway.intake",
    "headway.insight",
    "headway.moving",
    "headway.privacy",
    "headway.web",
    "headway.simulator",
    "headway.ops",
    "headway.startup.Startup",
]

PROCESS = os.environ.get("HEADWAY_PROCESS", "headway")
if PROCESS == "live":
    # it reads, and runs no job: followers, jobs and all that they import stay out of its memory
    INSTALLED_APPS.remove("headway.startup.Startup")
    PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs_run_elsewhere"

MIDDLEWARE = [
    "headway.web.middleware.health.HealthMiddleware",
    "headway.web.middleware.statics.StaticsMiddleware",
    "headway.web.middleware.requests.RequestMiddleware",
    "headway.web.api.gateway.ApiMiddleware",
    "headway.web.inbound.gateway.InboundMiddleware",
    "headway.web.middleware.compression.PageCompression",
    "django.middleware.security.SecurityMiddleware",
    "headway.web.middleware.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "headway.web.middleware.person.PersonMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "headway.config.urls"
WSGI_APPLICATION = "headway.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [SOURCE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "headway.web.environment.make",
            "context_processors": ["headway.web.context.screen"],
        },
    },
    # allauth looks its own pages up by Django's loader; ours, in Jinja2, come first
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": environment.database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Agent"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "headway_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
CSRF_COOKIE_NAME = "headway_csrf"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _public.scheme == "https" else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "headway.web.refusals.stale_form"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=4).total_seconds())

# our own pages, in Jinja2, under the names that allauth asks for
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_FORMS = {
    "login": "headway.web.accounts.forms.SignIn",
    "reset_password": "headway.web.accounts.forms.AskForReset",
    "reset_password_from_key": "headway.web.accounts.forms.ResetPassword",
    "change_password": "headway.web.accounts.forms.ChangePassword",
    "reauthenticate": "headway.web.accounts.forms.ConfirmPassword",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "headway.web.accounts.adapter.Adapter"
ACCOUNT_RATE_LIMITS = False  # axes and foundation.limits count in the database
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "headway.web.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "headway.web.accounts.forms.EnterCode",
    "reauthenticate": "headway.web.accounts.forms.ConfirmCode",
    "activate_totp": "headway.web.accounts.forms.ActivateApp",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation came by mail: nobody else verifies addresses here
MFA_TOTP_TOLERANCE = 1  # half a minute of drift either way; a code is good once all the same
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in"

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "headway.web.accounts.lockout.account_tried"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the journal knows who signed in
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "login"]
AXES_CLIENT_IP_CALLABLE = "headway.web.middleware.proxies.client_address"
AXES_LOCKOUT_CALLABLE = "headway.web.accounts.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS: list[str] = []

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Every mail leaves through headway.intake; what forgets that is not to reach anybody by another way.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful", "listen_notify": True}

LOGGING_CONFIG = None
logs.configure(ENV.log_format, ENV.log_level, process=PROCESS)
telemetry.configure(ENV.telemetry, process=PROCESS)
