"""What stands in a sample of the corpora, recorded and reviewed mail by mail; short snippets only.

`test_corpora` also compares every mail with what the standard library reads, which shares no code with ours.
"""

from typing import Final, NamedTuple


class Expected(NamedTuple):
    """One mail: subject and text by how they begin, the author's address, the names of the files."""

    file: str
    subject: str
    author: str
    text: str
    files: tuple[str, ...] = ()


MAILS: Final = [
    Expected(
        "enmime/testdata__low-quality__bad-final-boundary.raw",
        "Attachment",
        "james@makita.skynet",
        "A text section",
        ("foo_9E5D72.zip",),
    ),
    Expected(
        "enmime/testdata__low-quality__bad-header-wrap.raw",
        "Attachment",
        "james@makita.skynet",
        "A text section",
        ("7DDA4_foo_9E5D72.zip",),
    ),
    Expected(
        "enmime/testdata__low-quality__html-only-inline.raw",
        "MIME test 1",
        "james@makita.skynet",
        "Test of HTML secti",
        ("favicon.png",),
    ),
    Expected(
        "enmime/testdata__low-quality__malformed-base64-attach.raw",
        "Attachment",
        "james@makita.skynet",
        "A text section",
        ("some.doc",),
    ),
    Expected(
        "enmime/testdata__low-quality__unk-charset-part.raw",
        "Attachment",
        "james@makita.skynet",
        "A text section",
        ("foo_9E5D72.zip",),
    ),
    Expected(
        "enmime/testdata__mail__attachment-octet.raw",
        "In One Ear",
        "me@here.com",
        "A text section",
        ("attachment-1.bin",),
    ),
    Expected("enmime/testdata__mail__attachment-only-text-attachment.raw", "Test", "alice@test.com", "", ("test.csv",)),
    Expected("enmime/testdata__mail__attachment-only.raw", "Test", "alice@test.com", "", ("favicon.jpg",)),
    Expected(
        "enmime/testdata__mail__ctype-bug.raw",
        "Welcome to Papertrail",
        "support@papertrailapp.com",
        "What's next? Head",
    ),
    Expected("enmime/testdata__mail__epilogue-sample.raw", "Epilogue", "pem@open.ch", "A text section", ("test.html",)),
    Expected(
        "enmime/testdata__mail__html-mime-bad-unknown-charset-inline.raw",
        "MIME test 1",
        "james@makita.skynet",
        "Test of text secti",
        ("favicon.png",),
    ),
    Expected(
        "enmime/testdata__mail__inlinemultipart.raw", "Test", "bob@extern", "Simple text.", ("test.pdf", "test.txt")
    ),
    Expected(
        "enmime/testdata__mail__mime-bad-8bit-filename.raw",
        "Malformed test",
        "pavel.bazika@some.domain",
        "Text part",
        ("管理.doc",),
    ),
    Expected(
        "enmime/testdata__mail__mime-bad-content-type.raw",
        "Confirmation of Booking",
        "bookings@easyhotel.com",
        "Thank you for book",
        ("Invoice_302232133150612.pdf",),
    ),
    Expected("enmime/testdata__mail__mime-mixed.raw", "Multipart Mixed", "jamehi03@jamehi03lx.noa.com", "Section one"),
    Expected(
        "enmime/testdata__mail__mime-signed.raw",
        "Multipart Signed",
        "jamehi03@jamehi03lx.noa.com",
        "Section one",
        ("signature.asc",),
    ),
    Expected(
        "enmime/testdata__mail__mime-unquoted-tspecials-param.raw",
        "Confirmation of Booking",
        "bookings@easyhotel.com",
        "Thank you for book",
        ("Invoice_(302232133150612).pdf",),
    ),
    Expected("enmime/testdata__mail__non-mime-html-charset-header-only.raw", "Test", "alice@intern.com", "Test Müller"),
    Expected(
        "enmime/testdata__mail__other-multi-related.raw",
        "MIME test 1",
        "james@makita.skynet",
        "Plain text.",
        ("image001.png", "image002.png"),
    ),
    Expected(
        "enmime/testdata__mail__qp-utf8-header.raw",
        "MIME UTF8 Test ¢ More Te",
        "jamehi03@jamehi03lx.noa.com",
        "Lorem ipsum dolor",
    ),
    Expected("flanker/messages__8bitmime.eml", "2 RCPT MIME", "bob@example.com", "Превел"),
    Expected("flanker/messages__attached-pdf.eml", "test message via curl -", "", "Test - body conten", ("test.pdf",)),
    Expected(
        "flanker/messages__bilingual-simple.eml", "Simple text. How are you", "hello@example.com", "This line is in En"
    ),
    Expected("flanker/messages__bz2-attachment.eml", "hello", "alice@example.com", "hello, world", ("foo.txt.bz2",)),
    Expected("flanker/messages__enclosed-endless.eml", "Wow", "example@example.net", "Hello", ("thanks.eml",)),
    Expected("flanker/messages__enclosed.eml", "Wow", "bob@example.net", "Hello", ("thanks.eml",)),
    Expected("flanker/messages__encoded-header.eml", "hello", "foo.bar@example.com", "hello, world"),
    Expected(
        "flanker/messages__from-encoding.eml", "Re: running server as ro", "ingo@blank.pages.de", "Marc Slemko wrote:"
    ),
    Expected("flanker/messages__iphone.eml", "Subject", "someone@somewhere.com", "Hello", ("photo.JPG",)),
    Expected(
        "flanker/messages__mailgun-pic.eml", "Mailgun rocks!", "hello@example.com", "Мейлган! Хахах!", ("mailgun.png",)
    ),
    Expected("flanker/messages__missing-final-boundary.eml", "Test", "me@example.com", "Some body"),
    Expected("flanker/messages__multipart.eml", "Welcome", "administrator@example.com", "Sasha"),
    Expected(
        "flanker/messages__russian-attachment-yahoo.eml",
        "Hello",
        "mailboxaddr1234567@yahoo.com",
        "Hello",
        ("Картинка с очень, очень длинным предлинным именем преименем таким чт�",),
    ),
    Expected(
        "flanker/messages__spam__broken-ctype.eml",
        "its me A",
        "hello@example.com",
        "Hello Dear, How ar",
        ("facejj.jpg",),
    ),
    Expected("flanker/messages__text-only.eml", "Testing message parsing", "bob@marley.com", "Hello,"),
    Expected(
        "flanker/messages__torture-part.eml",
        "Multi-media mail demonst",
        "mrc@cac.washington.edu",
        "This is a demonstr",
        ("Re_ a MIME-Version misfeature.eml",),
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__issue115",
        "Testing MIME E-mail comp",
        "name@company.com",
        "This is an HTML me",
        ("logo.jpg", "background.jpg", "attachment.txt"),
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__issue149", "מענה 'אני לא נמצא': Invo", "name@company.com", "", ("attach01",)
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__issue158a",
        "Fwd: Test 5",
        "example@example.com",
        "An RFC 822 forward",
        ("Test 5.eml",),
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__issue163",
        "Multiple text blocks",
        "example@example.com",
        "First we have a te",
        ("image1.jpeg",),
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__issue84", "Re: [PHP-DEV] [RFC] Remo", "tyra3l@gmail.com", "+1 from me."
    ),
    Expected("php-mime-mail-parser/tests__mails__m0004", "Mail de 800ko", "name@company.com", "", ("attach04",)),
    Expected(
        "php-mime-mail-parser/tests__mails__m0010",
        "Mail de 800ko without fi",
        "name@company.com",
        "",
        ("attachment-1.bin",),
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__m0014",
        "Test message from Netsca",
        "dwsauder@example.com",
        "Die Hasen und die",
        ("HasenundFrösche.txt",),
    ),
    Expected(
        "php-mime-mail-parser/tests__mails__m0018",
        "[Korea] Name",
        "name@company.com",
        "My traveling compa",
        ("사진.JPG", "ATT00001.txt"),
    ),
    Expected("php-mime-mail-parser/tests__mails__m0020", "1", "newsletter@finntack.com", "1", ("text-1.ics",)),
    Expected(
        "php-mime-mail-parser/tests__mails__m0022", "[PRJ-OTH] asdf árvíztűrő", "sender@test.com", "This email will no"
    ),
    Expected("php-mime-mail-parser/tests__mails__m0129", "Image", "someone@eample.com", "Inline", ("image-1.png",)),
    Expected(
        "ruby-mail/attachment_emails__attachment_message_rfc822.eml",
        "testing",
        "foo@example.com",
        "This is the first",
        ("ForwardedMessage.eml",),
    ),
    Expected(
        "ruby-mail/attachment_emails__attachment_nonascii_filename.eml",
        "testing",
        "foo@example.com",
        "This is the first",
        ("ciële.txt",),
    ),
    Expected(
        "ruby-mail/attachment_emails__attachment_only_email.eml",
        "this message JUST contai",
        "rfinnie@domain.dom",
        "",
        ("blah.gz",),
    ),
    Expected(
        "ruby-mail/attachment_emails__attachment_with_base64_encoded_name.eml",
        "Fwd: Signed email causes",
        "xxxxxxxxx.xxxxxxx@gmail.com",
        "We should not incl",
        ("This is a test.pdf",),
    ),
    Expected(
        "ruby-mail/attachment_emails__attachment_with_quoted_filename.eml",
        "Eelanalüüsi päring",
        "jeff@37signals.com",
        "",
        ("Eelanalüüsi päring.jpg",),
    ),
    Expected("ruby-mail/error_emails__bad_encoded_subject.eml", "TEST", "", "TEST"),
    Expected(
        "ruby-mail/error_emails__cant_parse_from.eml",
        "Meet the new MacBook Pro",
        "News@insideapple.apple.com",
        "From one solid pie",
    ),
    Expected(
        "ruby-mail/error_emails__empty_group_lists.eml",
        "Western Union Swift Mone",
        "ceciledwards@sbcglobal.net",
        "Attention Benefici",
    ),
    Expected(
        "ruby-mail/error_emails__invalid_subject_characters.eml",
        "Formação FrenetikPolis:",
        "info@formacaofrenetik.info",
        "TEST",
    ),
    Expected(
        "ruby-mail/mime_emails__email_with_similar_boundaries.eml",
        "Xxxxxx",
        "xxxxxx@xxxxxxxx.xxx",
        "Test",
        ("LOGO.png",),
    ),
    Expected(
        "ruby-mail/mime_emails__raw_email7.eml",
        "testing",
        "foo@example.com",
        "This is the first",
        ("test.rb", "test.pdf", "smime.p7s"),
    ),
    Expected(
        "ruby-mail/mime_emails__raw_email_with_illegal_boundary.eml",
        "Testing outlook",
        "email_test@me.nowhere",
        "Hello",
    ),
    Expected(
        "ruby-mail/mime_emails__raw_email_with_nested_attachment.eml",
        "Testing attachments",
        "jamis@37signals.com",
        "Here is a test of",
        ("truncated.png", "smime.p7s"),
    ),
    Expected("ruby-mail/multi_charset__japanese.eml", "まみむめも", "raasdnil@gmail.com", "かきくえこ"),
    Expected(
        "ruby-mail/multi_charset__japanese_attachment.eml", "testing", "raasdnil@gmail.com", "testing", ("てすと.txt",)
    ),
    Expected("ruby-mail/multi_charset__japanese_iso_2022.eml", "まみむめも", "raasdnil@gmail.com", "すみません。"),
    Expected("ruby-mail/multi_charset__japanese_shift_jis.eml", "test", "xxxxxxx@docomo.ne.jp", "あいうえお"),
    Expected("ruby-mail/multi_charset__ks_c_5601-1987.eml", "test", "from@example.com", "스티해"),
    Expected("ruby-mail/plain_emails__basic_email.eml", "Testing 123", "test@lindsaar.net", "Plain email."),
    Expected(
        "ruby-mail/plain_emails__raw_email.eml",
        "NOTE: 한국말로 하는 것",
        "jamis@37signals.com",
        "대부분의 마찬가지로, 우리는 하나",
    ),
    Expected(
        "ruby-mail/plain_emails__raw_email_incorrect_header.eml",
        "Stop adware/spyware once",
        "xxx@xxx.xxx",
        "You are infected w",
    ),
    Expected(
        "ruby-mail/plain_emails__raw_email_multiple_from.eml",
        "/home/svn/public/minebox",
        "tim@powerupdev.com",
        "<p><b>recordkick</",
    ),
    Expected(
        "ruby-mail/plain_emails__raw_email_with_partially_quoted_subject.eml",
        'Re: Test: "漢字" mid "漢字"',
        "jamis@37signals.com",
        "대부분의 마찬가지로, 우리는 하나",
    ),
    Expected("ruby-mail/rfc2822__example01.eml", "Saying Hello", "jdoe@machine.example", "This is a message"),
    Expected("ruby-mail/rfc2822__example10.eml", "", "pete@silly.test", "Testing."),
    Expected("ruby-mail/rfc2822__example12.eml", "Saying Hello", "jdoe@machine.example", "This is a message"),
    Expected("ruby-mail/rfc6532__utf8_headers.eml", "Säying Hello", "jdöe@mächine.example", "body"),
]
