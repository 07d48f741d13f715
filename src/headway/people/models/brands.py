"""The names under which a workspace meets its customers."""

from django.db import models
from django.db.models.functions import Lower


class Brand(models.Model):
    """A name, its addresses and its look."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=40, unique=True)
    accent = models.CharField(max_length=7, default="#3b5bdb")
    logo = models.CharField(max_length=64, default="", blank=True)  # the file's SHA-256
    logo_in_mails = models.BooleanField(default=False)
    signature = models.TextField(default="", blank=True)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_brand"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BrandAddress(models.Model):
    """A mail address that belongs to a brand: what is sent there is the brand's, replies leave from it."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="addresses")
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, default="", blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("address"), name="brand_address_once"),
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(is_primary=True), name="one_primary_address_a_brand"
            ),
        ]
