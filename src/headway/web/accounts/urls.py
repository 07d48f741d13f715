"""The addresses of signing in and of one's account. The names are those that allauth looks up."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from django.urls import path
from django.views.generic import RedirectView

from headway.web.accounts import second_factor, views
from headway.web.desk.door import takes

urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="account_login"),
    path("sign-in/second-factor", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/inactive", RedirectView.as_view(pattern_name="account_login"), name="account_inactive"),
    path("sign-out", account.logout, name="account_logout"),
    path("sign-up", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("invitation/<str:secret>", takes("GET POST", views.invitation), name="invitation"),
    path("password-reset", account.password_reset, name="account_reset_password"),
    path("password-reset/sent", account.password_reset_done, name="account_reset_password_done"),
    path("password-reset/done", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path(
        "password-reset/<slug:uidb36>/<str:key>",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("desk/account", takes("GET POST", views.account), name="account"),
    path("desk/account/password", account.password_change, name="account_change_password"),
    path(
        "desk/account/password/first",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("desk/account/confirmation", account.reauthenticate, name="account_reauthenticate"),
    path("desk/account/confirmation/second-factor", factor.reauthenticate, name="mfa_reauthenticate"),
    path("desk/account/second-factor", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("desk/account/second-factor/app", second_factor.Activation.as_view(), name="mfa_activate_totp"),
    path("desk/account/second-factor/removal", second_factor.Removal.as_view(), name="mfa_deactivate_totp"),
    path("desk/account/recovery-codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("desk/account/recovery-codes/renewal", second_factor.Renewal.as_view(), name="mfa_generate_recovery_codes"),
    path("desk/account/recovery-codes/file", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
