"""Which test shows that a case of mail is handled: the traps of reading, and the ways of the whole channel.

`test_mail_cases` sees to it that each of them is there.
"""

from typing import Final

_PARSE: Final = "src/headway/intake/email/tests/test_parse.py"
_TRAPS: Final = "src/headway/intake/email/tests/test_traps.py"
_CHILDREN: Final = "src/headway/intake/email/tests/test_children.py"
_CORPORA: Final = "src/headway/intake/email/tests/test_corpora.py"
_QUOTES: Final = "src/headway/intake/email/tests/test_quotes.py"
_MADE_REPLIES: Final = "src/headway/intake/email/tests/test_made_replies.py"
_REPORTS: Final = "src/headway/intake/email/tests/test_reports.py"
_MADE_REPORTS: Final = "src/headway/intake/email/tests/test_made_reports.py"
_THREADING: Final = "src/headway/intake/email/tests/test_threading.py"
_INCOMING: Final = "src/headway/intake/tests/test_incoming.py"
_ANYTHING: Final = "src/headway/intake/tests/test_anything.py"
_KILLED: Final = "src/headway/intake/tests/test_killed.py"
_SENDING: Final = "src/headway/intake/tests/test_sending.py"
_REAL: Final = "src/headway/intake/tests/test_real_servers.py"
_FETCHING: Final = "src/headway/intake/email/imap/tests/test_fetching.py"
_FETCHER: Final = "src/headway/intake/email/imap/tests/test_fetcher.py"
_MANY: Final = "src/headway/intake/email/imap/tests/test_many.py"
_ACKNOWLEDGING: Final = "src/headway/intake/tests/test_acknowledging.py"

# case -> (file, test)
READING: Final = {
    "gb2312 read as gb18030": (_PARSE, "test_wrong_and_missing_charsets_are_survived"),
    "windows-1252 sent as latin-1": (_PARSE, "test_wrong_and_missing_charsets_are_survived"),
    "iso-2022-jp": (_PARSE, "test_wrong_and_missing_charsets_are_survived"),
    "utf-7": (_PARSE, "test_wrong_and_missing_charsets_are_survived"),
    "NUL bytes": (_ANYTHING, "test_what_the_database_would_refuse_becomes_a_message"),
    "lone surrogates": (_ANYTHING, "test_what_the_database_would_refuse_becomes_a_message"),
    "broken MIME": (_TRAPS, "test_a_broken_boundary_loses_no_text"),
    "unterminated MIME": (_TRAPS, "test_a_mail_that_breaks_off_keeps_what_came"),
    "uuencode": (_PARSE, "test_a_uuencoded_file_in_the_text_becomes_a_file"),
    "winmail.dat (TNEF)": (_TRAPS, "test_the_files_in_a_winmail_dat_are_files_of_the_mail"),
    "RFC 2231 and 2047 names": (_PARSE, "test_names_of_files"),
    "badly folded names": (_TRAPS, "test_badly_folded_names"),
    "empty file names": (_PARSE, "test_names_of_files"),
    "nested message/rfc822": (_PARSE, "test_an_enclosed_mail_is_a_file_and_its_text_is_shown_where_there_is_no_other"),
    "calendars": (_TRAPS, "test_a_calendar_is_kept_as_a_file_beside_the_text"),
    "signed parts": (_TRAPS, "test_a_signed_mail_shows_its_text_and_keeps_the_signature"),
    "encrypted parts": (_TRAPS, "test_a_signed_mail_in_one_piece_and_an_encrypted_one_are_kept_whole"),
    "CID images without disposition": (
        _PARSE,
        "test_an_embedded_image_is_inline_and_rewritten_and_a_remote_one_blocked",
    ),
    "mixed inline text and attachments": (_TRAPS, "test_texts_between_pictures_are_all_shown"),
    "format=flowed": (_PARSE, "test_flowed_paragraphs_are_joined"),
    "very deep nesting": (_TRAPS, "test_mails_in_mails_end_somewhere"),
    "decompression and HTML bombs": (_PARSE, "test_bombs_are_read_within_the_bounds"),
    "linear time": (_TRAPS, "test_reading_is_linear_in_the_work_that_is_done"),
    "bounds of the process": (
        _TRAPS,
        "test_large_bombs_stay_within_the_memory_and_processor_time_of_their_process",
    ),
    "50 MB in under 256 MB": (_TRAPS, "test_fifty_megabytes_are_read_in_less_than_256_megabytes_of_memory"),
    "a search vector over 1 MB": (_ANYTHING, "test_what_the_database_would_refuse_becomes_a_message"),
    "an index row over 2.7 kB": (_ANYTHING, "test_what_the_database_would_refuse_becomes_a_message"),
    "no input breaks the reader": (_PARSE, "test_no_bytes_break_the_reader"),
    "no input breaks the batch, the database included": (
        _ANYTHING,
        "test_any_bytes_end_in_the_database_and_stop_nothing",
    ),
    "a second death quarantines": (_INCOMING, "test_poison_mail_is_quarantined_and_the_next_is_processed"),
    "after a death as plain text": (_PARSE, "test_after_a_death_the_dangerous_steps_are_left_out"),
    "a child that dies": (_CHILDREN, "test_a_child_that_dies_is_replaced_and_only_its_mail_is_lost"),
}

CHANNEL: Final = {
    "the same mail fetched twice": (_INCOMING, "test_the_same_mail_fetched_twice_is_one_message"),
    "the same mail by two workers at once": (_ANYTHING, "test_two_workers_at_once_make_one_message_of_each_mail"),
    "the same mailbox by two fetchers at once": (_FETCHER, "test_two_fetchers_at_once_make_one_message_of_each_mail"),
    "poison mail quarantined, next processed": (
        _INCOMING,
        "test_a_mail_that_cannot_be_placed_is_quarantined_and_the_next_goes_on",
    ),
    "kill -9 between storing and acknowledging": (
        _FETCHING,
        "test_a_crash_between_storing_and_counting_as_taken_doubles_nothing",
    ),
    "kill -9 between acknowledging and processing": (
        _KILLED,
        "test_the_pipe_and_the_worker_killed_again_and_again_lose_and_double_nothing",
    ),
    "threading: the token": (_THREADING, "test_the_token_comes_first"),
    "threading: In-Reply-To": (_THREADING, "test_in_reply_to_comes_before_references"),
    "threading: References": (_THREADING, "test_of_the_references_the_newest_counts"),
    "threading: our subject token": (_THREADING, "test_our_number_in_the_subject_counts_for_one_who_takes_part"),
    "threading: of the same organisation": (_THREADING, "test_one_of_the_same_verified_organisation_takes_part"),
    "threading: never the subject alone": (_THREADING, "test_the_same_subject_alone_joins_nothing"),
    "threading: a stranger with a number": (_THREADING, "test_a_stranger_who_quotes_a_ticket_number_never_joins_it"),
    "threading: a stranger with an id": (_THREADING, "test_a_stranger_who_holds_an_id_or_a_token_is_held"),
    "threading: a spoofed sender": (_THREADING, "test_a_spoofed_participant_is_held"),
    "threading: one bulk mail": (_THREADING, "test_many_people_answering_one_bulk_mail_do_not_merge"),
    "threading: a forward": (_THREADING, "test_a_forward_starts_a_new_ticket"),
    "threading: a merged ticket": (_THREADING, "test_a_reply_to_a_merged_ticket_reaches_the_survivor"),
    "threading: a reply overtakes its original": (
        _INCOMING,
        "test_replies_that_overtake_their_original_join_it_in_any_order",
    ),
    "threading: in the same breath": (_ANYTHING, "test_a_reply_to_a_mail_placed_in_the_same_breath_joins_it"),
    "two auto-responders left alone for 10,000 rounds": (
        _ACKNOWLEDGING,
        "test_two_auto_responders_left_alone_for_10_000_rounds_stay_bounded",
    ),
    "a reply by each client: only the new text": (
        _QUOTES,
        "test_a_reply_by_outlook_gmail_apple_mail_thunderbird_and_mobile_clients_shows_only_the_new_text",
    ),
    "a reply by each client, as HTML": (_MADE_REPLIES, "test_html_replies_show_only_the_new_text"),
    "the reply corpora": (_QUOTES, "test_the_reply_corpora_are_cut_as_recorded"),
    "every file of the corpora: no crash": (_CORPORA, "test_every_mail_is_read_and_can_be_stored"),
    "every file of the corpora: subject and sender": (
        _CORPORA,
        "test_subjects_and_authors_are_those_the_standard_library_reads",
    ),
    "every file of the corpora: attachments": (_CORPORA, "test_no_file_the_standard_library_finds_is_missing"),
    "bounces of the corpora": (_REPORTS, "test_at_least_ninety_five_in_a_hundred_are_recognised_with_a_recipient"),
    "bounces of other systems and languages": (
        _MADE_REPORTS,
        "test_a_bounce_names_its_recipients_and_whether_it_is_for_good",
    ),
    "300 mailboxes on one worker": (_MANY, "test_three_hundred_mailboxes_lag_less_than_a_minute"),
    "UIDVALIDITY changes": (_FETCHING, "test_a_new_uidvalidity_is_a_silent_rescan"),
    "a server restarts in mid-fetch": (_FETCHING, "test_a_server_that_stops_in_mid_fetch"),
    "TLS": (_FETCHING, "test_every_kind_of_connection"),
    "50 MB over SMTP, LMTP and IMAP": (_REAL, "test_fifty_megabytes_come_over_smtp_lmtp_and_imap"),
    "SMTP to LMTP to IMAP to a ticket, and back": (
        _REAL,
        "test_a_mail_its_answer_and_the_answer_to_that_make_one_ticket",
    ),
    "a real server's own bounce": (_REAL, "test_exims_own_bounce_is_recognised_and_stops_further_mail"),
    "ids of a hundred characters on the wire": (
        _SENDING,
        "test_ids_of_a_hundred_characters_stand_on_the_wire_as_they_are",
    ),
}
