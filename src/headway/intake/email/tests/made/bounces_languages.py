"""Bounces in the languages in which providers write them."""

from typing import Final

from headway.intake.email.tests.made.bounce import Made

_UTF8: Final = "To: help@desk.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"


def _made(language: str, sender: str, subject: str, text: str, kind: str, *headers: str) -> Made:
    head = "\n".join([f"From: {sender}", f"Subject: {subject}", *headers])
    return Made(language, f"{head}\n{_UTF8}\n{text}\n", (("dana@shop.example", kind),))


LANGUAGES: Final = [
    _made(
        "de",
        "Mail Delivery System <mailer-daemon@post.example>",
        "Mail delivery failed: returning message to sender",
        "Diese Nachricht wurde automatisch erstellt.\n\nDie folgende Nachricht konnte nicht zugestellt werden:\n\n"
        "dana@shop.example\nSMTP-Fehlercode 550: Postfach nicht vorhanden",
        "hard",
    ),
    _made(
        "de",
        "postmaster@post.example",
        "Ihre E-Mail konnte nicht zugestellt werden",
        "Leider konnte Ihre E-Mail nicht an folgenden Empfänger zugestellt werden:\n\ndana@shop.example\n\n"
        "Das Postfach des Empfängers ist voll.",
        "soft",
    ),
    _made(
        "fr",
        "MAILER-DAEMON@courrier.example",
        "Échec de la remise de votre message",
        "Votre message n'a pas pu être remis au destinataire suivant :\n\n<dana@shop.example>\n"
        "Raison : 550 5.1.1 Adresse d'au moins un destinataire invalide.",
        "hard",
    ),
    _made(
        "fr",
        "postmaster@courrier.example",
        "Non remis : Re: Login",
        "La remise a échoué pour ces destinataires ou groupes :\n\ndana@shop.example\n"
        "L'adresse de messagerie que vous avez entrée est introuvable.",
        "hard",
    ),
    _made(
        "es",
        "Mail Delivery Subsystem <mailer-daemon@correo.example>",
        "No se puede entregar: Re: Login",
        "No se pudo entregar el mensaje a estos destinatarios o grupos:\n\ndana@shop.example\n"
        "No se encontró la dirección de correo electrónico que especificó.",
        "hard",
    ),
    _made(
        "es",
        "MAILER-DAEMON@correo.example",
        "Error en la entrega del mensaje",
        "El buzón del destinatario está lleno y no puede aceptar mensajes.\n\nDestinatario: dana@shop.example",
        "soft",
    ),
    _made(
        "it",
        "postmaster@posta.example",
        "Avviso di mancata consegna",
        "Il messaggio non è stato consegnato al seguente destinatario:\n\n<dana@shop.example>\n"
        "Motivo: utente sconosciuto",
        "hard",
        "Return-Path: <>",
    ),
    _made(
        "it",
        "Mail Delivery System <MAILER-DAEMON@posta.example>",
        "Non recapitabile: Re: Login",
        "Impossibile recapitare il messaggio ai seguenti destinatari:\n\ndana@shop.example\n"
        "La casella di posta del destinatario è piena.",
        "soft",
    ),
    _made(
        "nl",
        "MAILER-DAEMON@post.example",
        "Niet te bezorgen bericht",
        "Uw bericht kon niet worden bezorgd bij de volgende ontvanger:\n\n<dana@shop.example>\n"
        "De mailbox bestaat niet (550 onbekende gebruiker)",
        "hard",
    ),
    _made(
        "pt",
        "Mail Delivery Subsystem <mailer-daemon@correio.example>",
        "Mensagem não entregue",
        "Não foi possível entregar a sua mensagem ao seguinte destinatário:\n\ndana@shop.example\n\n"
        "O endereço de e-mail não foi encontrado.",
        "hard",
    ),
    _made(
        "pt",
        "postmaster@correio.example",
        "Falha na entrega da mensagem",
        "A caixa de correio do destinatário está cheia.\n\n<dana@shop.example>: 452 4.2.2",
        "soft",
    ),
    _made(
        "pl",
        "MAILER-DAEMON@poczta.example",
        "Wiadomość nie została dostarczona",
        "Twoja wiadomość nie mogła zostać dostarczona do następujących odbiorców:\n\n<dana@shop.example>\n"
        "550 Użytkownik nie istnieje",
        "hard",
    ),
    _made(
        "ru",
        "mailer-daemon@pochta.example",
        "Недоставленное сообщение",
        "Это письмо создано автоматически сервером, отвечать на него не нужно.\n\n"
        "К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n"
        "dana@shop.example\nпользователь не найден",
        "hard",
    ),
    _made(
        "ru",
        "Mailer Daemon <postmaster@pochta.example>",
        "Письмо не доставлено",
        "Ваше сообщение не доставлено.\n\n<dana@shop.example>: почтовый ящик переполнен",
        "soft",
    ),
    _made(
        "ja",
        "Mail Delivery System <MAILER-DAEMON@mail.example>",
        "メールを送信できませんでした",
        "次の宛先へのメールは送信できませんでした。\n\n<dana@shop.example>\n\n宛先のメールアドレスが存在しません。",
        "hard",
    ),
    _made(
        "ja",
        "postmaster@mail.example",
        "配信不能通知",
        "お客様が送信されたメールは、下記の理由により配信できませんでした。\n\n宛先: dana@shop.example\n"
        "理由: メールボックスの容量が一杯です。",
        "soft",
        "Return-Path: <>",
    ),
    _made(
        "zh",
        "PostMaster@mail.example",
        "系统退信",
        "很抱歉您发送的邮件被退回。\n\n收件人: dana@shop.example\n退信原因: 收件人邮件地址不存在,邮件无法送达。",
        "hard",
    ),
    _made(
        "zh",
        "Mailer-Daemon@mail.example",
        "郵件無法送達",
        "您的郵件無法送達以下收件者：\n\ndana@shop.example\n\n收件者的信箱已滿。",
        "soft",
    ),
    _made(
        "ko",
        "mailer-daemon@mail.example",
        "메일 발송 실패 안내",
        "메일이 아래와 같은 이유로 전송되지 못했습니다.\n\n받는 사람: dana@shop.example\n존재하지 않는 사용자입니다.",
        "hard",
    ),
    _made(
        "tr",
        "MAILER-DAEMON@posta.example",
        "Teslim edilemedi: Re: Login",
        "İletiniz aşağıdaki alıcılara teslim edilemedi:\n\ndana@shop.example\n550 Kullanıcı bulunamadı",
        "hard",
    ),
    _made(
        "sv",
        "postmaster@post.example",
        "Kunde inte levereras: Re: Login",
        "Ditt meddelande kunde inte levereras till följande mottagare:\n\ndana@shop.example\n"
        "E-postadressen hittades inte.",
        "hard",
    ),
    _made(
        "da",
        "MAILER-DAEMON@post.example",
        "Kan ikke leveres: Re: Login",
        "Din mail kunne ikke leveres til følgende modtagere:\n\n<dana@shop.example>\nPostkassen er fuld.",
        "soft",
    ),
    _made(
        "cs",
        "MAILER-DAEMON@posta.example",
        "Nedoručitelná zpráva",
        "Vaši zprávu se nepodařilo doručit těmto příjemcům:\n\n<dana@shop.example>\nUživatel neexistuje.",
        "hard",
    ),
    _made(
        "hu",
        "postmaster@posta.example",
        "Kézbesítési hiba",
        "Az üzenetet nem sikerült kézbesíteni a következő címzettnek:\n\ndana@shop.example\n550 ismeretlen felhasználó",
        "hard",
        "Return-Path: <>",
    ),
]
