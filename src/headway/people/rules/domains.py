"""Domains at which anybody gets an address: sharing one says nothing about working together."""

_FREE_MAIL = """
163.com 126.com aliyun.com aol.com aol.co.uk arcor.de att.net bigpond.com bk.ru bluewin.ch bol.com.br bt.com
btinternet.com comcast.net cox.net daum.net docomo.ne.jp duck.com email.com email.de ezweb.ne.jp fastmail.com
fastmail.fm foxmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net
hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com icloud.com inbox.lv
inbox.ru interia.pl kpnmail.nl laposte.net libero.it list.ru live.co.uk live.com live.de live.fr live.nl mac.com
mail.com mail.de mail.ru mailbox.org me.com msn.com nate.com naver.com o2.pl onet.pl orange.fr outlook.com outlook.de
outlook.es outlook.fr pm.me posteo.de proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com
rocketmail.com sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com softbank.ne.jp sohu.com t-online.de telenet.be
telia.com terra.com.br tiscali.it tuta.com tutanota.com ukr.net uol.com.br verizon.net virgilio.it virginmedia.com
wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr
yahoo.it yandex.com yandex.ru yeah.net ymail.com ziggo.nl zoho.com
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())


def is_free_mail(domain: str) -> bool:
    """Whether a domain (in comparable form) is a public mail provider's."""
    return domain in FREE_MAIL
