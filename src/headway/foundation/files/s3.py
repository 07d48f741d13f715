"""Files in an S3-compatible bucket."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from botocore.exceptions import ClientError

from headway.foundation.files import aws

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_PARALLEL = 8
_IN_MEMORY = 8 * 1024 * 1024


class S3Store:
    """Keeps each file under `prefix/<hash>`. Credentials come from the environment, as AWS clients read them."""

    def __init__(self, *, bucket: str, prefix: str) -> None:
        self.bucket = bucket
        self.prefix = f"{prefix}/" if prefix else ""

    @cached_property
    def client(self) -> "S3Client":
        return aws.connect()

    def put(self, contents: Mapping[str, bytes | BinaryIO]) -> None:
        def send(item: tuple[str, bytes | BinaryIO]) -> None:
            key, data = self.prefix + item[0], item[1]
            if isinstance(data, bytes):
                self.client.put_object(Bucket=self.bucket, Key=key, Body=data)
            else:
                self.client.upload_fileobj(data, self.bucket, key)

        if len(contents) == 1:
            send(next(iter(contents.items())))
            return
        with ThreadPoolExecutor(_PARALLEL) as pool:
            list(pool.map(send, contents.items()))

    def open(self, sha256: str) -> BinaryIO:
        spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (handed to the caller open)
        try:
            self.client.download_fileobj(self.bucket, self.prefix + sha256, spool)
        except ClientError as error:
            spool.close()
            raise _missing(error, sha256) from error
        spool.seek(0)
        return cast("BinaryIO", spool)

    def exists(self, sha256: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=self.prefix + sha256)
        except ClientError as error:
            if isinstance(_missing(error, sha256), FileNotFoundError):
                return False
            raise
        return True

    def delete(self, sha256: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=self.prefix + sha256)

    def hashes(self) -> Iterator[str]:
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix):
            for entry in page.get("Contents", []):
                yield entry["Key"].removeprefix(self.prefix)

    def tidy(self) -> None:
        """Nothing to do: an object appears whole or not at all."""


def _missing(error: ClientError, sha256: str) -> Exception:
    if aws.is_missing(error):
        return FileNotFoundError(f"no file {sha256} in the bucket")
    return error
