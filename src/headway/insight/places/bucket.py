"""The lake in an S3-compatible bucket. Where a file appears there, it is whole."""

import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from headway.foundation.files import aws
from headway.insight.places import Found

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Bucket:
    """Keeps files under `prefix/`. Credentials come from the environment, as AWS clients read them."""

    def __init__(self, *, bucket: str, prefix: str) -> None:
        self.bucket = bucket
        self.prefix = f"{prefix}/" if prefix else ""

    @cached_property
    def client(self) -> "S3Client":
        return aws.connect()

    def put(self, name: str, source: Path) -> None:
        self.client.upload_file(str(source), self.bucket, self.prefix + name)

    def local(self, name: str, folder: Path) -> Path:
        path = folder / name.replace("/", "_")
        try:
            self.client.download_file(self.bucket, self.prefix + name, str(path))
        except ClientError as error:
            if aws.is_missing(error):
                raise FileNotFoundError(f"no file {name} in the lake") from error
            raise
        return path

    def delete(self, name: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=self.prefix + name)

    def found(self) -> Iterator[Found]:
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix):
            for entry in page.get("Contents", []):
                age = time.time() - entry["LastModified"].timestamp()
                yield Found(entry["Key"].removeprefix(self.prefix), entry["Size"], age)
