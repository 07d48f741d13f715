"""The words mail programs write around quoted text, by language. Data only."""

import re
from typing import Final

# "wrote", as programs put it behind (or, in some languages, before) the writer's name.
WROTE: Final = (
    "wrote", "sent", "writes", "a écrit", "a ecrit", "écrit", "schrieb", "geschrieben", "hat geschrieben", "escribió",
    "escribio", "ha escrito", "va escriure", "escreveu", "ha scritto", "scrisse", "schreef", "geschreven", "skrev",
    "skreiv", "kirjoitti", "napisał", "napisała", "napisał(a)", "pisze", "napsal", "napsala", "napsal(a)", "napísal",
    "napísal(a)", "írta", "írta/írja", "a scris", "написал", "написала", "написал(а)", "пишет", "писал", "написав",
    "пише", "написа", "yazdı", "şunu yazdı", "έγραψε", "đã viết", "menulis", "je napisao", "je napisala", "napisao",
    "rašė", "rakstīja", "kirjutas", "skrifaði", "escribiu", "idatzi du", "写道", "寫道", "寫", "のメッセージ",
    "書きました",
    "작성", "님이 작성", "のメール", "şunları yazdı", "folgendes geschrieben", "het volgende geschreven",
     "כתב", "כתב/ה", "כתבה", "كتب", "نوشت", "เขียนว่า", "wrote the following",
)  # fmt: skip
# How such a line begins where no word behind the name tells: with a date and an address it is certain.
_MESSAGE_BY: Final = (
    "Missatge de",
    "Wiadomość napisana przez",
    "Message de",
    "Mensaje de",
    "Mensagem de",
    "Messaggio da",
    "Nachricht von",
    "Bericht van",
    "Meddelande från",
    "Zpráva od",
    "Сообщение от",
    "Mesaj de la",
    "Viesti lähettäjältä",
)
MESSAGE_BY: Final = re.compile(r"[\s\-–—_*]{0,20}(?:" + "|".join(_MESSAGE_BY) + r")\b", re.IGNORECASE)
# How it begins without a date: only quoted lines below it make it one.
_QUOTING: Final = (
    "Quoting",
    "Citing",
    "Zitat von",
    "Zitiere",
    "Citando",
    "Citando a",
    "Citation de",
    "Citazione di",
    "Citeren",
    "Citerar",
    "Citat från",
    "Citerer",
    "Cytowanie",
    "Cytuję",
    "Цитирование",
    "Цитирую",
    "Citace",
)
QUOTING: Final = re.compile(r"\s{0,20}(?:" + "|".join(_QUOTING) + r")\s[^\n]{1,300}[:：]\s*", re.IGNORECASE)
# Behind the word: colons, dashes, emphasis.
AFTER_WROTE: Final = " :：-–—*_"


def ends_with_wrote(text: str) -> bool:
    """Whether a line ends with "wrote" in some language (before colons and dashes)."""
    return text[-80:].rstrip(AFTER_WROTE).removesuffix("<br>").lower().endswith(WROTE)


def holds_wrote(text: str) -> bool:
    """Whether "wrote" stands in a line as a word of its own."""
    lowered = f" {text.lower()} "
    return any(f" {word} " in lowered or f" {word}:" in lowered for word in WROTE)


# How such a line begins.
_STARTS: Final = (
    "On", "Le", "Am", "El", "Il", "Em", "Op", "Den", "På", "Dnia", "W dniu", "Dne", "Dňa", "Dana", "La data de",
    "În data", "Pe", "In data", "Ved", "Vào", "Pada", "Kuupäeval", "Po", "A", "Au", "El dia", "El día", "Vào lúc",
    "V", "U", "Στις", "На", "В", "בתאריך", "في", "在", "於", "于", "il giorno", "Il giorno",
)  # fmt: skip
STARTS: Final = re.compile(r"[\s\-–—_*>\"]{0,60}(?:" + "|".join(_STARTS) + r")\b[\s,:]", re.IGNORECASE)
STARTS_WITH_DATE: Final = re.compile(
    r"[\s\-–—_*\"]{0,60}(?:\d{1,4}[./\-年]\s?\d{1,2}|\d{1,2}[:.]\d{2}|\d{1,2}\.?\s+\w{3,12}|[^\W\d_]{2,12}[.,]{1,2}\s{1,3}[^\W\d_]{0,12}\.?\s?\d)"
)
HOLDS_DATE: Final = re.compile(
    r"\d{1,4}[./\-]\s?\d{1,2}[./\-]|\d{1,2}[:.]\d{2}|(?:19|20)\d\d|\d\s*[年月日]|\b\d{1,2}(?:st|nd|rd|th)?\b"
)
EMAIL: Final = re.compile(r"[\w.+\-']{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,8}")

# Header fields of a quoted mail.
_FIELDS: Final = {
    "from": (
        "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "feladó", "от", "від", "gönderen",
        "kimden", "από", "发件人", "發件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람", "보낸사람",
        "保낸이", "từ", "người gửi", "dari",
        "מאת", "من", "de la", "expéditeur", "remitente", "mittente", "remetente", "afzender", "expeditor", "šalje",
        "nuo", "saatja", "message de", "message du",
    ),
    "sent": (
        "sent", "gesendet", "envoyé", "envoyé le", "enviado", "enviado el", "enviado em", "enviada em", "enviado a",
        "enviada", "inviato", "inviata", "verzonden", "skickat", "sendt", "lähetetty", "wysłano", "wysłane",
        "odesláno", "odoslané", "elküldve", "küldve", "trimis", "отправлено", "отправлен", "надіслано", "gönderildi",
        "gönderilme tarihi", "gönderilme", "στάλθηκε", "发送时间", "發送時間", "寄件日期", "已傳送",
        "送信日時", "送信", "보낸 날짜", "보냄",
        "đã gửi", "dikirim", "נשלח", "تاريخ الإرسال", "poslano", "poslané", "terkirim", "enviat",
    ),
    "date": (
        "date", "datum", "data", "fecha", "dato", "päivämäärä", "päiväys", "dátum", "дата", "tarih", "ημερομηνία",
        "日期", "日付", "日時", "날짜", "ngày", "tanggal", "תאריך", "التاريخ", "data de envio", "message du",
        "envoyé le",
        "dt", "datums", "kuupäev",
    ),
    "to": (
        "to", "an", "à", "a", "para", "aan", "till", "til", "vastaanottaja", "do", "komu", "címzett", "către",
        "кому", "kime", "προς", "收件人", "收件者", "宛先", "받는 사람", "받는사람", "đến", "kepada", "אל",
        "إلى", "destinataire",
        "destinatario", "per", "pre", "za", "kam", "saaja",
    ),
    "cc": (
        "cc", "kopie", "kopi", "kopia", "copie", "copie à", "copia", "kopio", "másolat", "копия", "копія", "bilgi",
        "κοιν", "抄送", "副本", "참조", "dw", "kópia", "ccopy",
    ),
    "subject": (
        "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "ämne", "emne", "aihe",
        "otsikko", "temat", "předmět", "predmet", "tárgy", "subiect", "тема", "konu", "θέμα", "主题", "主題",
        "主旨", "件名",
        "제목", "chủ đề", "perihal", "subjek", "נושא", "الموضوع", "sujet", "re", "tema", "teema", "assumpte",
    ),
    "other": (
        "reply-to", "antwort an", "répondre à", "responder a", "rispondi a", "importance", "wichtigkeit",
        "priorität", "attachments", "anlagen", "anhänge", "pièces jointes", "organization", "bcc", "message-id",
        "allegati", "bijlagen", "bilagor",
    ),
}  # fmt: skip
FIELDS: Final = {name: kind for kind in reversed(_FIELDS) for name in _FIELDS[kind]}
FIELD_LINE: Final = re.compile(r"[\s>*_|]{0,40}([^\W\d_][^:：\n*]{0,24}?)[\s*_]{0,4}[:：][\s*_]{0,4}(.{0,998})")

# Titles between dashes above a quoted or forwarded mail, and lines that announce one.
TITLES: Final = (
    "original message", "original mail", "original email", "original appointment", "reply message",
    "forwarded message",
    "forwarded by", "forward message", "begin forwarded message", "ursprüngliche nachricht", "originalnachricht",
    "original-nachricht", "ursprungsnachricht", "antwort nachricht", "weitergeleitete nachricht",
    "anfang der weitergeleiteten", "message d'origine", "message d’origine", "message original", "message transféré",
    "message transmis", "début du message", "courriel d'origine", "mensaje original", "mensaje reenviado",
    "mensagem original", "mensagem encaminhada", "mensagem reencaminhada", "messaggio originale",
    "messaggio inoltrato",
    "inizio messaggio inoltrato", "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht",
    "doorgestuurd bericht", "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande",
    "oprindelig meddelelse", "oprindelig besked", "original besked", "videresendt besked", "opprinnelig melding",
    "videresendt melding", "alkuperäinen viesti", "välitetty viesti", "oryginalna wiadomość", "wiadomość oryginalna",
    "wiadomość przekazana", "treść przekazanej wiadomości", "původní zpráva", "přeposlaná zpráva", "pôvodná správa",
    "eredeti üzenet", "továbbított üzenet", "mesaj original", "mesaj redirecționat", "исходное сообщение",
    "пересылаемое сообщение", "пересланное сообщение", "оригинальное сообщение", "початкове повідомлення",
    "özgün ileti", "orijinal mesaj", "orijinal ileti", "iletilmiş mesaj", "αρχικό μήνυμα", "原始邮件", "原始郵件",
    "原邮件", "转发邮件", "轉寄郵件", "转发的邮件", "元のメッセージ", "転送メッセージ", "오리지널 메시지",
    "원본 메일", "원본 메시지",
    "전달된 메시지", "thư gốc", "pesan asli", "הודעה מקורית", "الرسالة الأصلية", "izvorna poruka",
    "originalna poruka",
    # "write above this line", as help desks put it
    "please type your reply above", "please reply above", "reply above this line", "type your reply above",
    "write above this line", "add your reply above", "bitte antworten sie oberhalb", "antworten sie oberhalb",
    "bitte oberhalb dieser", "répondez au-dessus", "veuillez répondre au-dessus", "merci de répondre au-dessus",
    "responda por encima", "responda encima", "escriba su respuesta encima", "responda acima", "rispondi sopra",
    "rispondere sopra", "antwoord boven deze", "typ uw antwoord boven", "svara ovanför", "svar over denne",
    "odpowiedz powyżej", "ответьте выше", "пожалуйста, ответьте выше", "この行より上に", "请在此行上方",
    "algne sõnum", "sākotnējais ziņojums", "missatge original", "original meddelelse",
)  # fmt: skip

# What phones and programs put under a mail.
_SENT_FROM: Final = (
    "sent (?:from|via|with|using|by)", "get outlook for", "von meine[mr]? .{1,40} gesendet",
    "gesendet (?:von|mit|über|aus)", "diese nachricht wurde von .{1,40} gesendet",
    "envoyé (?:de|depuis|à partir de|avec|via)", "télécharger outlook pour", "obtenir outlook",
    "enviado (?:desde|do|de|a partir|via|con|pelo)", "enviada do", "obtener outlook", "obter o outlook",
    "inviato (?:da|dal|con)", "scarica outlook", "verzonden (?:vanaf|vanuit|met|via)",
    "verstuurd (?:vanaf|vanuit|met)", "download outlook", "skickat från", "skickades från", "hämta outlook",
    "sendt (?:fra|med)", "hent outlook", "lähetetty", "hanki outlook", "wysłane (?:z|przy)", "wysłano z",
    "odesláno z", "odoslané z", "küldve", "trimis de pe", "отправлено (?:с|из)", "отправлен с", "надіслано з",
    "iphone'umdan", "android uygulamas", "στάλθηκε από", "发自我的", "從我的", "从我的", "發自我的",
    "来自我的", "iphoneから送信",
    "私の.{1,20}から送信", "나의 .{1,30}에서 보냄", "나의 iphone에서", "đã gửi từ", "dikirim dari", "נשלח מה",
    "נשלח מ", "أرسلت من",
    "yahoo mail (?:en|for|per|pour|für)",
)  # fmt: skip
SENT_FROM: Final = re.compile("|".join(_SENT_FROM), re.IGNORECASE)
# Closings that stand on a line of their own near the end.
_CLOSINGS: Final = (
    r"(?:\w{1,12} ){0,3}(?:and )?regards", "best wishes", "cheers",
    "mit (?:freundlichen|besten|lieben) gr(?:ü|ue)(?:ß|ss)en",
    "(?:viele|beste|liebe|freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e", "mfg", r"(?:\w{1,12} ){0,2}cordialement",
    "cordiali saluti", "distinti saluti", "(?:un )?cordial saludo", "saludos cordiales", "atenciosamente",
    "atentamente", "met vriendelijke groet(?:en)?", "vriendelijke groeten", "med vänliga? hälsning(?:ar)?",
    "vänliga hälsningar", "med venlig(?:e)? hilsen(?:er)?", "(?:med )?vennlig hilsen", "ystävällisin terveisin",
    "z poważaniem", "pozdrawiam", "s pozdravem", "с уважением", "з повагою", "üdvözlettel", "saygılarımla",
)  # fmt: skip
CLOSINGS: Final = re.compile("(?:" + "|".join(_CLOSINGS) + r")\s?[,.!]?\s?[!！]?", re.IGNORECASE)
