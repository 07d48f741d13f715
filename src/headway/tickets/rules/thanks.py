"""Whether a message says no more than thank you."""

import re
import unicodedata

# Whole messages are compared word by word: one word outside this list means that there is something to read.
_THANKS = {
    "thanks", "thank", "thankyou", "thx", "ty", "tnx", "cheers", "appreciated", "appreciate", "grateful",
    "danke", "dankeschon", "vielen", "dank", "herzlichen", "besten", "merci", "remerciements", "gracias", "grazie",
    "obrigado", "obrigada",
    "bedankt", "dank je", "dankjewel", "tack", "takk", "tak", "kiitos", "dziekuje", "dzieki",
    "dekuji", "multumesc", "koszonom", "tesekkurler", "tesekkur", "spasibo", "спасибо", "благодарю", "дякую",
    "ευχαριστω",
    "شكرا", "תודה", "ありがとう", "ありがとうございます",
    "ありがとうございました", "谢谢", "謝謝", "감사합니다",
}  # fmt: skip
_AROUND = {
    "you", "so", "very", "much", "many", "a", "lot", "for", "the", "your", "quick", "fast", "great", "help", "reply",
    "answer", "response", "support", "again", "all", "it", "that", "this", "now", "works", "worked", "perfect",
    "perfectly", "ok", "okay", "awesome", "excellent", "got", "i", "really", "is", "was", "hi", "hello", "dear", "team",
    "best", "kind", "regards", "cheers", "wonderful", "brilliant", "super", "sehr", "schnelle", "hilfe", "antwort",
    "fur", "die", "ihre", "eure", "funktioniert", "jetzt", "alles", "klar", "hallo", "mit", "freundlichen", "grussen",
    "liebe", "grusse", "viele", "gruss", "beaucoup", "pour", "votre", "aide", "reponse", "rapide", "parfait", "c",
    "est", "bonjour", "cordialement", "muchas", "mil", "por", "su", "tu", "la", "ayuda", "respuesta", "perfecto",
    "todo", "bien", "saludos", "hola", "mille", "tante", "molte", "per", "aiuto", "risposta", "ciao", "muito", "pela",
    "ajuda", "hartelijk", "voor", "je", "uw", "hulp", "grazas", "sent", "from", "my", "iphone",
}  # fmt: skip
LONGEST = 200  # in letters
_WORD = re.compile(r"\w+")


def only_thanks(text: str) -> bool:
    """Whether the text thanks and says nothing else. A question, a number or one unknown word makes it a message."""
    if len(text) > LONGEST or "?" in text or "？" in text:
        return False
    words = [_plain(word) for word in _WORD.findall(text)]
    if not words or len(words) > 25:
        return False
    # a name at the end, as a signature on a line of its own
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if len(lines) > 1 and len(_WORD.findall(lines[-1])) <= 2:
        words = [_plain(word) for line in lines[:-1] for word in _WORD.findall(line)]
    return any(word in _COMPARED for word in words) and all(word in _COMPARED or word in _AROUND for word in words)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word.casefold()


# taking accents off takes the voicing marks off Japanese too
_COMPARED = {_plain(word) for word in _THANKS}
