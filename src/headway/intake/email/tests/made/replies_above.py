"""What mail programs write between a reply and what it answers, by program and language."""

from typing import Final

_TEXT: Final = r"""
== Gmail, en-GB
On Tue, 3 Mar 2026, 09:14 Sam Support, <help@desk.example> wrote:
== Gmail, folded
On Tue, Mar 3, 2026 at 9:14 AM Sam Support via Help Desk <
help@desk.example> wrote:
== Gmail, pl
wt., 3 mar 2026, 09:14 użytkownik Sam Support <help@desk.example>
napisał:
== Gmail, uk
вт, 3 бер. 2026 р. о 09:14 Sam Support <help@desk.example> пише:
== Gmail, da
tirs. den 3. mar. 2026 kl. 09.14 skrev Sam Support <help@desk.example>:
== Gmail, fi
ti 3.3.2026 klo 9.14 Sam Support <help@desk.example> kirjoitti:
== Gmail, hu
Sam Support <help@desk.example> ezt írta (időpont: 2026. márc. 3., K, 9:14):
== Gmail, ro
mar., 3 mar. 2026 la 09:14, Sam Support <help@desk.example> a scris:
== Gmail, cs
út 3. 3. 2026 v 9:14 odesílatel Sam Support <help@desk.example> napsal:
== Gmail, sk
ut 3. 3. 2026 o 9:14 Sam Support <help@desk.example> napísal(a):
== Gmail, el
Στις Τρί 3 Μαρ 2026 στις 9:14 π.μ., ο χρήστης Sam Support <help@desk.example> έγραψε:
== Gmail, zh-TW
Sam Support <help@desk.example> 於 2026年3月3日 週二 上午9:14寫道：
== Gmail, vi
Vào Th 3, 3 thg 3, 2026 vào lúc 09:14 Sam Support <help@desk.example> đã viết:
== Gmail, id
Pada Sel, 3 Mar 2026 pukul 09.14 Sam Support <help@desk.example> menulis:
== Gmail, he
‫בתאריך יום ג׳, 3 במרץ 2026 ב-9:14 מאת ‪Sam Support‬‏ <‪help@desk.example‬‏>:‬
== Gmail, ar
في الثلاثاء، ٣ مارس ٢٠٢٦ في ٩:١٤ ص تمت كتابة ما يلي بواسطة Sam Support <help@desk.example>:
== Gmail, th
ในวันที่ อ. 3 มี.ค. 2026 เวลา 09:14 Sam Support <help@desk.example> เขียนว่า:
== Gmail, ca
Missatge de Sam Support <help@desk.example> del dia dt., 3 de març 2026 a les 9:14:
== Apple Mail, en
> On Mar 3, 2026, at 9:14 AM, Sam Support <help@desk.example> wrote:
>
== Apple Mail, de
Am 03.03.2026 um 09:14 schrieb Sam Support <help@desk.example>:
== Apple Mail, fr
Le 3 mars 2026 à 09:14, Sam Support <help@desk.example> a écrit :
== Apple Mail, es
El 3 mar 2026, a las 9:14, Sam Support <help@desk.example> escribió:
== Apple Mail, it
Il giorno 3 mar 2026, alle ore 09:14, Sam Support <help@desk.example> ha scritto:
== Apple Mail, nl
Op 3 mrt 2026 om 09:14 heeft Sam Support <help@desk.example> het volgende geschreven:
== Apple Mail, ja
2026/03/03 9:14、Sam Support <help@desk.example>のメール:
== Apple Mail, zh
2026年3月3日 09:14，Sam Support <help@desk.example> 写道：
== Apple Mail, sv
3 mars 2026 kl. 09:14 skrev Sam Support <help@desk.example>:
== Apple Mail, ru
3 марта 2026 г., в 09:14, Sam Support <help@desk.example> написал(а):
== Apple Mail, tr
Sam Support <help@desk.example> şunları yazdı (3 Mar 2026 09:14):
== Apple Mail, pt
No dia 3 de mar. de 2026, às 09:14, Sam Support <help@desk.example> escreveu:
== Apple Mail, ko
2026. 3. 3. 오전 9:14, Sam Support <help@desk.example> 작성:
== Apple Mail, pl
Wiadomość napisana przez Sam Support <help@desk.example> w dniu 3 mar 2026, o godz. 09:14:
== Thunderbird, en
On 3/3/26 9:14 AM, Sam Support wrote:
== Thunderbird, de
Am 03.03.26 um 09:14 schrieb Sam Support via Desk:
== Thunderbird, fr
Le 03/03/2026 à 09:14, Sam Support a écrit :
== Thunderbird, es
El 3/3/26 a las 9:14, Sam Support escribió:
== Thunderbird, it
Il 03/03/2026 09:14, Sam Support ha scritto:
== Thunderbird, nl
Op 3-3-2026 om 09:14 schreef Sam Support:
== Thunderbird, pl
W dniu 3.03.2026 o 09:14, Sam Support pisze:
== Thunderbird, ru
03.03.2026 9:14, Sam Support пишет:
== Thunderbird, ja
On 2026/03/03 9:14, Sam Support wrote:
== Thunderbird, pt
Em 03/03/2026 09:14, Sam Support escreveu:
== Thunderbird, tr
3.03.2026 09:14 tarihinde Sam Support yazdı:
== Outlook, en
From: Sam Support <help@desk.example>
Sent: 03 March 2026 09:14
To: Dana
Cc: Chen
Subject: Login
== Outlook on the web
________________________________
From: Sam Support
Sent: Tuesday, 3 March 2026 9:14 AM
To: Dana Example <dana@shop.example>
Subject: Re: Login
== Outlook, de
________________________________
Von: Sam Support <help@desk.example>
Gesendet: Dienstag, 3. März 2026 09:14:00
An: Dana Example
Cc: Chen
Betreff: Re: Login
== Outlook, es
De: Sam Support <help@desk.example>
Enviado el: martes, 3 de marzo de 2026 9:14
Para: Dana
Asunto: RE: Login
== Outlook, it
Da: Sam Support <help@desk.example>
Inviato: martedì 3 marzo 2026 09:14
A: Dana
Oggetto: R: Login
== Outlook, nl
Van: Sam Support <help@desk.example>
Verzonden: dinsdag 3 maart 2026 09:14
Aan: Dana
Onderwerp: RE: Login
== Outlook, pt
De: Sam Support <help@desk.example>
Enviada em: terça-feira, 3 de março de 2026 09:14
Para: Dana
Assunto: RES: Login
== Outlook, pl
From: Sam Support <help@desk.example>
Wysłano: wtorek, 3 marca 2026 09:14
Do: Dana
Temat: Login
== Outlook, ru
От: Sam Support <help@desk.example>
Отправлено: 3 марта 2026 г. 9:14
Кому: Dana
Тема: Login
== Outlook, ja
差出人: Sam Support <help@desk.example>
送信日時: 2026年3月3日 9:14
宛先: Dana
件名: RE: Login
== Outlook, zh
发件人: Sam Support <help@desk.example>
发送时间: 2026年3月3日 9:14
收件人: Dana
主题: 答复: Login
== Outlook, tr
Kimden: Sam Support <help@desk.example>
Gönderildi: 3 Mart 2026 Salı 09:14
Kime: Dana
Konu: YNT: Login
== Outlook, sv
Från: Sam Support <help@desk.example>
Skickat: den 3 mars 2026 09:14
Till: Dana
Ämne: SV: Login
== Outlook, da
Fra: Sam Support <help@desk.example>
Sendt: 3. marts 2026 09:14
Til: Dana
Emne: SV: Login
== Outlook, cs
Od: Sam Support <help@desk.example>
Odesláno: úterý 3. března 2026 9:14
Komu: Dana
Předmět: RE: Login
== Outlook, ko
보낸 사람: Sam Support <help@desk.example>
보낸 날짜: 2026년 3월 3일 화요일 오전 9:14
받는 사람: Dana
제목: RE: Login
== Outlook for Mac
From: Sam Support <help@desk.example>
Date: Tuesday, March 3, 2026 at 9:14 AM
To: Dana Example <dana@shop.example>
Subject: Re: Login
== Outlook, bold as text
**From:** Sam Support <help@desk.example>
**Sent:** Tuesday, March 3, 2026 9:14 AM
**To:** Dana
**Subject:** Login
== Yahoo
    On Tuesday, March 3, 2026 at 09:14:02 AM GMT+1, Sam Support <help@desk.example> wrote:
== Yahoo, fr
    Le mardi 3 mars 2026 à 09:14:02 UTC+1, Sam Support <help@desk.example> a écrit :
== Yahoo, de
    Am Dienstag, 3. März 2026 um 09:14:02 MEZ hat Sam Support <help@desk.example> Folgendes geschrieben:
== Samsung
-------- Original message --------
From: Sam Support <help@desk.example>
Date: 03/03/2026 09:14 (GMT+01:00)
To: dana@shop.example
Subject: Login
== Samsung, fr
-------- Message d'origine --------
De : Sam Support <help@desk.example>
Date : 03/03/2026 09:14 (GMT+01:00)
À : dana@shop.example
Objet : Login
== Samsung, es
-------- Mensaje original --------
De: Sam Support <help@desk.example>
Fecha: 3/3/26 9:14 (GMT+01:00)
Para: dana@shop.example
Asunto: Login
== Spark
On 3 Mar 2026, 09:14 +0100, Sam Support <help@desk.example>, wrote:
== ProtonMail
‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐
On Tuesday, March 3rd, 2026 at 9:14 AM, Sam <help@desk.example> wrote:
== ProtonMail, later
On Tuesday, March 3rd, 2026 at 9:14 AM, Sam Support <help@desk.example> wrote:
== Zoho
---- On Tue, 03 Mar 2026 09:14:02 +0100 Sam Support <help@desk.example> wrote ---
== GMX
Gesendet: Dienstag, 3. März 2026 um 09:14 Uhr
Von: "Sam Support" <help@desk.example>
An: dana@shop.example
Betreff: Re: Login
== web.de app
--~
Diese Nachricht wurde von meinem Android Gerät mit WEB.DE Mail gesendet.
Am 03.03.26, 09:14 schrieb Sam Support <help@desk.example>:
== mail.ru
Вторник, 3 марта 2026, 9:14 +03:00 от Sam Support <help@desk.example>:
== Yandex
03.03.2026, 09:14, "Sam Support" <help@desk.example>:
== QQ
------------------ 原始邮件 ------------------
发件人: "Sam Support" <help@desk.example>;
发送时间: 2026年3月3日(星期二) 上午9:14
收件人: "Dana"<dana@shop.example>;
主题: Login
== 163
At 2026-03-03 09:14:02, "Sam Support" <help@desk.example> wrote:
== Naver
-----Original Message-----
From: "Sam Support" <help@desk.example>
To: <dana@shop.example>;
Cc:
Sent: 2026-03-03 (화) 09:14:02 (GMT+09:00)
Subject: Login
== Lotus Notes
Sam Support <help@desk.example> wrote on 03/03/2026 09:14:02 AM:
== HCL Notes
-----Sam Support <help@desk.example> wrote: -----
To: Dana
From: Sam Support <help@desk.example>
Date: 03/03/2026 09:14AM
Subject: Login
== GroupWise
>>> Sam Support <help@desk.example> 3/3/2026 9:14 AM >>>
== Roundcube
W dniu 2026-03-03 09:14, Sam Support napisał(a):
== Roundcube, en
On 2026-03-03 09:14, Sam Support wrote:
== Horde
Quoting Sam Support <help@desk.example>:
== Horde, de
Zitat von Sam Support <help@desk.example>:
== Mutt
On Tue, Mar 03, 2026 at 09:14:02AM +0100, Sam Support wrote:
== Evolution
On Tue, 2026-03-03 at 09:14 +0100, Sam Support wrote:
== KMail, de
Am Dienstag, 3. März 2026, 09:14:02 CET schrieb Sam Support:
== BlackBerry
  From: help@desk.example
Sent: March 3, 2026 9:14 AM
To: dana@shop.example
Subject: Login
== a help desk
##- Please type your reply above this line -##
== a help desk, de
--- Bitte antworten Sie oberhalb dieser Zeile ---
"""

# (program and language, the lines above the quoted text); `~` stands for a blank at the end of a line
ABOVE: Final = [
    (name, lines.rstrip("\n").replace("~\n", " \n"))
    for name, _, lines in (block.partition("\n") for block in _TEXT.strip("\n").removeprefix("== ").split("\n== "))
]
