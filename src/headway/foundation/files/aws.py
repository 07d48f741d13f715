"""The client of an S3-compatible server, and what it says of a file that is not there."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def connect() -> "S3Client":
    """A client of HEADWAY_FILES_ENDPOINT. Credentials come from the environment, as AWS clients read them."""
    endpoint = settings.HEADWAY.files_endpoint or None
    config = Config(retries={"max_attempts": 5, "mode": "standard"}, connect_timeout=5, read_timeout=30)
    return boto3.client("s3", endpoint_url=endpoint, config=config)


def is_missing(error: ClientError) -> bool:
    """Whether it is refused because the file is not there."""
    return error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey", "NotFound"}
