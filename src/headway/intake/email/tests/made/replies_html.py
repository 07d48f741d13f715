"""HTML as mail programs write it around a quoted mail. Each says "Thanks, that solved it." and "Dana" anew."""

from typing import Final

_NEW: Final = "<div>Thanks, that solved it.</div><div>Dana</div>"
_OLD: Final = "<p>Could you try again?</p><p>Sam</p>"

# NEW and OLD stand for these
_TEXT: Final = """
== Gmail
<div dir="ltr">NEW</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, 3
Mar 2026 at 09:14, Sam &lt;<a href="mailto:help@desk.example">help@desk.example</a>&gt; wrote:<br></div><blockquote
class="gmail_quote" style="margin:0 0 0 .8ex">OLD</blockquote></div>
== Outlook for Windows
<div class="WordSection1"><p class="MsoNormal">Thanks, that solved it.</p><p class="MsoNormal">Dana</p><div><div
style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Sam
Support &lt;help@desk.example&gt; <br><b>Sent:</b> Tuesday, March 3, 2026 9:14 AM<br><b>To:</b>
Dana<br><b>Subject:</b> Re: Login</p></div></div>OLD</div>
== Outlook for Windows, German
<div class="WordSection1">NEW<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Von:</b>
Sam Support &lt;help@desk.example&gt;<br><b>Gesendet:</b> Dienstag, 3. März 2026 09:14<br><b>An:</b>
Dana<br><b>Betreff:</b> AW: Login</p></div>OLD</div>
== Outlook on the web
NEW<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg"
dir="ltr"><font face="Calibri"><b>From:</b> Sam Support &lt;help@desk.example&gt;<br><b>Sent:</b> Tuesday, March 3,
2026 9:14 AM<br><b>To:</b> Dana<br><b>Subject:</b> Login</font></div><div>OLD</div>
== Outlook for iOS
NEW<div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr><div
id="divRplyFwdMsg"><b>From:</b> Sam &lt;help@desk.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 9:14:02
AM<br><b>To:</b> Dana<br><b>Subject:</b> Login</div>OLD
== Apple Mail
NEW<div><br><blockquote type="cite"><div>On Mar 3, 2026, at 9:14 AM, Sam Support &lt;help@desk.example&gt;
wrote:</div><br><div>OLD</div></blockquote></div>
== iPhone
NEW<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote
type="cite">On 3 Mar 2026, at 09:14, Sam &lt;help@desk.example&gt; wrote:<br><br></blockquote></div><blockquote
type="cite"><div dir="ltr">OLD</div></blockquote>
== Thunderbird
NEW<div class="moz-cite-prefix">On 3/3/26 9:14 AM, Sam Support wrote:<br></div><blockquote type="cite"
cite="mid:m1@desk.example">OLD</blockquote>
== Thunderbird, French
NEW<div class="moz-cite-prefix">Le 03/03/2026 à 09:14, Sam Support a écrit :<br></div><blockquote
type="cite">OLD</blockquote>
== Yahoo
NEW<div id="yahoo_quoted_12345" class="yahoo_quoted"><div>On Tuesday, March 3, 2026 at 09:14:02 AM GMT+1, Sam
&lt;help@desk.example&gt; wrote:</div><div>OLD</div></div>
== Samsung
NEW<div id="composer_signature">Sent from my Galaxy</div><div><br></div><div style="font-size:100%"><!--
originalMessage --><div>-------- Original message --------</div><div>From: Sam &lt;help@desk.example&gt;
</div><div>Date: 03/03/2026 09:14 (GMT+01:00) </div><div>To: dana@shop.example </div><div>Subject: Login
</div></div>OLD
== Spark
NEW<div name="messageReplySection">On 3 Mar 2026, 09:14 +0100, Sam &lt;help@desk.example&gt;, wrote:<br><blockquote
type="cite" style="border-left-color: grey">OLD</blockquote></div>
== ProtonMail
NEW<div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 9:14 AM, Sam &lt;help@desk.example&gt;
wrote:<br><blockquote class="protonmail_quote" type="cite">OLD</blockquote></div>
== Zoho
NEW<div class="zmail_extra" style="border:none"><div id="Zm-_Id_-Sgn1">---- On Tue, 03 Mar 2026 09:14:02 +0100 <b>Sam
&lt;help@desk.example&gt;</b> wrote ---</div><blockquote id="blockquote_zmail">OLD</blockquote></div>
== GMX and web.de
<div>NEW<div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid #C3D9E5;"><div><b>Gesendet:</b>
Dienstag, 3. März 2026 um 09:14 Uhr<br><b>Von:</b> Sam &lt;help@desk.example&gt;<br><b>An:</b>
dana@shop.example<br><b>Betreff:</b> Login</div><div name="quoted-content">OLD</div></div></div>
== mail.ru
NEW<blockquote style='border-left:1px solid #0857A6;'>Вторник, 3 марта 2026, 9:14 +03:00 от Sam
&lt;help@desk.example&gt;:<br><div>OLD</div></blockquote>
== QQ
NEW<div><includetail><div style="font:Verdana normal 14px;color:#000;"><div style="FONT-SIZE:
12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> Sam
&lt;help@desk.example&gt;;</div><div><b>发送时间:</b> 2026年3月3日(星期二) 上午9:14</div><div><b>收件人:</b>
Dana;</div><div><b>主题:</b> Login</div></div>OLD</includetail></div>
== Notes
NEW<font color="#990099">-----Sam Support &lt;help@desk.example&gt; wrote: -----</font><div
style="padding-left:5px;border-left:solid black 2px">To: Dana<br>From: Sam &lt;help@desk.example&gt;<br>Date:
03/03/2026 09:14AM<br>Subject: Login<br><br>OLD</div>
"""

HTML: Final = [
    (name, html.replace("NEW", _NEW).replace("OLD", _OLD))
    for name, _, html in (block.partition("\n") for block in _TEXT.strip("\n").removeprefix("== ").split("\n== "))
]
