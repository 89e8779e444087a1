"""The nouns of one text: those for people, those for things, and what joins a number to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilan.core.claims.numbers.numbers import Numeral
from bilan.core.claims.people.noun_rules import noun_rules
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit, by_category
from bilan.core.claims.text.tokens import Words

_DASHES = frozenset("-–—:")
_TRANSPARENT = frozenset("\"'«»“”„‘’*_#")
_LEADING = frozenset({"of", "more", "after"})  # keys of [lexicon.link] and [lexicon.part]
_TITLE = 0.8  # share of long words in capitals above which a line is a headline in title case
_LONG_WORD = 4  # letters
_NAME_REACH = 10  # tokens between a name and what happened to the person: "X, 23, of Y, was"
_DETERMINED = 6  # tokens between an article and its noun: "an Ohio State Highway Patrol trooper"


class Nouns:
    """The hits of one text by the token where they begin, and what its language says of nouns."""

    def __init__(
        self,
        words: Words,
        hits: Sequence[Hit],
        numerals: Sequence[Numeral],
        language: Language,
        taken: frozenset[int],
        armed: frozenset[int] = frozenset(),
    ) -> None:
        self.words, self.taken, self._armed = words, taken, armed
        self.names_armed = bool(armed)
        self.person: dict[int, Hit] = {}
        self.thing: dict[int, Hit] = {}
        self.harm: dict[int, Hit] = {}
        self._link: dict[int, Hit] = {}
        self._part: dict[int, Hit] = {}
        self.age: dict[int, Hit] = {}
        self.aged: dict[int, Hit] = {}  # words that hold an age, the key: "шестилетняя"
        tables = {
            "person": self.person,
            "thing": self.thing,
            "harm": self.harm,
            "link": self._link,
            "part": self._part,
            "age": self.age,
            "aged": self.aged,
        }
        sorted_hits = by_category(hits)
        for category, table in tables.items():
            for hit in sorted_hits.get(category, ()):
                known = table.get(hit.first)
                if known is None or hit.last > known.last:
                    table[hit.first] = hit
        self._person_at_end = {hit.last - 1: hit for hit in self.person.values()}
        self._person_ends = self._person_at_end.keys()
        self._harm_ends = {hit.last - 1: hit.key for hit in self.harm.values()}
        self.number = {numeral.first: numeral for numeral in numerals}
        self._aged = {hit.last for hit in self.age.values()}
        rules = noun_rules(language.code)
        self.small, self.names = rules.small, rules.names
        self._breaking, self._unbroken = rules.breaking, rules.unbroken
        self.definite, self.indefinite = rules.definite, rules.indefinite
        self._determining = rules.determining
        self.definite_prefixes, self._and_prefixes = rules.definite_prefixes, rules.and_prefixes
        self._given, self._given_written = rules.given, rules.given_written
        self._titles, self._adjectives = rules.titles, rules.adjectives
        self._concerned, self._owned = rules.concerned, rules.owned
        self._after_noun, self.noun_before = rules.after_noun, rules.noun_before
        self._own_script, self.codes = rules.own_script, rules.codes
        self._male, self._female = rules.male, rules.female
        self._pointing, self._attackers = rules.pointing, rules.attackers
        self.not_people, self._anyone = rules.not_people, rules.anyone
        self._others, self.uncounted = rules.others, rules.uncounted
        self.reflexive, self.age_shared = rules.reflexive, rules.age_shared
        self.helping, self.name_endings = rules.helping, rules.name_endings
        self.age_bounds, self.owners = rules.age_bounds, rules.owners
        self.copulas, self.relatives = rules.copulas, rules.relatives
        self._tell_apart(rules.written)
        self.ages: set[int] = set()  # tokens of ages, as they are found

    def _tell_apart(self, written: Mapping[str, str]) -> None:
        """Gives words that only their spelling tells apart their own key: والده and والدة."""
        if not written:
            return
        for i, hit in self.person.items():
            raw = self.words.raw(i)
            key = written.get(raw) or written.get(raw[1:])
            if key is not None and hit.last - i == 1:
                self.person[i] = hit._replace(key=key)

    def _is_given(self, i: int) -> bool:
        """Whether a token is a given name; على is written unlike علي."""
        norm = self.words.norms[i]
        if norm not in self._given:
            return False
        return norm not in self.small or self.words.raw(i) in self._given_written

    def after_link(self, i: int) -> int | None:
        """The token after a small word that leads from a number to its noun: "of", "of them"."""
        hit = self._part.get(i) or self._link.get(i)
        if hit is None or hit.key not in _LEADING:
            return None
        last = hit.last
        dashed = hit.key == "after" and last < len(self.words) and self.words.norms[last] in _DASHES
        return last + 1 if dashed else last

    def noun_ending(self, i: int) -> Hit | None:
        """The noun for several people that ends before a token: "أطفالهما السبعة"."""
        hit = self.person.get(i - 1) if self.noun_before else None
        return hit if hit is not None and hit.key.endswith(("_pl", "_du")) else None

    def breaks(self, i: int) -> bool:
        """Whether a word's written-on preposition parts it from the number: "٣٨ بقذائف"."""
        if not self._breaking:
            return False
        norm = self.words.norms[i]
        return norm.startswith(self._breaking) and norm not in self._unbroken

    def is_glued(self, core: tuple[int, int]) -> bool:
        """Whether a number in digits is a piece of a longer code: "463-3505", "’90"."""
        words, (first, last) = self.words, core
        if words.kinds[first] != "n" or last - first != 1:
            return False
        before = first > 1 and words.ends[first - 1] == words.starts[first]
        if before and words.norms[first - 1] in {"’", "'", "-", "#", "/"}:
            return words.norms[first - 1] != "-" or words.kinds[first - 2] == "n"
        dashed = last + 1 < len(words) and words.norms[last] == "-"
        glued = dashed and words.ends[first] == words.starts[last]
        return glued and words.kinds[last + 1] == "n" and words.ends[last] == words.starts[last + 1]

    def is_of_parent(self, first: int) -> bool:
        """Whether a number says how many children someone has: "a mother of four"."""
        linked = self._link.get(first - 1)
        parent = self.person.get(first - 2)
        return (
            linked is not None
            and linked.key == "of"
            and parent is not None
            and parent.key in {"women_sg", "men_sg"}
        )

    def sex_of(self, hit: Hit) -> str | None:
        """ "m" or "f" where a noun for one person says so."""
        last = self.words.norms[hit.last - 1]
        if hit.key.startswith(("women_", "female_")) or last in self._female:
            return "f"
        return "m" if hit.key.startswith("men_") or last in self._male else None

    def sex_in(self, tokens: tuple[int, int]) -> str | None:
        """ "m" or "f" where a word of a deed says who did it: "killed herself"."""
        norms = self.words.norms[tokens[0] : tokens[1]]
        if any(norm in self._female for norm in norms):
            return "f"
        return "m" if any(norm in self._male for norm in norms) else None

    def points_back(self, hit: Hit) -> bool:
        """Whether a noun for one person names someone already told of: "the victim", "he"."""
        i, norms = hit.first, self.words.norms
        if hit.key.startswith("pronoun_") or norms[i].startswith(self.definite_prefixes or ("\0",)):
            return True
        return any(norms[k] in self._pointing for k in (i - 1, i - 2) if k >= 0)

    def may_be_anyone(self, hit: Hit) -> bool:
        """Whether a noun says nothing of who people are: "people", "victims"."""
        return self.words.norms[hit.last - 1] in self._anyone

    def is_attacker(self, hit: Hit) -> bool:
        """Whether a noun for one person says who did the harm: "the gunman", "a suspect"."""
        return self.words.norms[hit.last - 1] in self._attackers

    def is_other(self, hit: Hit) -> bool:
        """Whether a noun names someone besides those told of: "another man", "a second victim"."""
        norms = self.words.norms
        return any(norms[k] in self._others for k in range(max(0, hit.first - 3), hit.last))

    def joins(self, i: int) -> bool:
        """Whether a token is a comma or a word that joins the members of a list."""
        link = self._link.get(i)
        return self.words.norms[i] in {",", "،"} or (link is not None and link.key == "and")

    def is_and(self, i: int) -> bool:
        """Whether a word that joins the members of a list stands at a token."""
        link = self._link.get(i)
        return link is not None and link.key == "and"

    def is_one_person(self, i: int) -> bool:
        """Whether a token ends a name or a noun for one person."""
        hit = self._person_at_end.get(i)
        return self.is_name(i) or (hit is not None and hit.key.endswith("_sg"))

    def person_before(self, i: int) -> Hit | None:
        """The noun for people that ends right before a token."""
        return self._person_at_end.get(i - 1)

    def leads(self, i: int) -> bool:
        """Whether a small word that leads from one noun to the next stands at a token: "of"."""
        link = self._link.get(i)
        return link is not None and link.key == "of"

    def is_more(self, i: int) -> bool:
        """Whether a word that makes a number one of further people stands at a token: "5 more"."""
        link = self._link.get(i)
        return link is not None and link.key == "more"

    def ends_family(self, i: int) -> bool:
        """Whether the token before is a word for a family: "عائلة واحدة" is one family."""
        hit = self.person.get(i - 1)
        return hit is not None and hit.key.startswith("family")

    def is_transparent(self, i: int) -> bool:
        """Whether a token is a quotation mark or a hyphen within a word."""
        words = self.words
        if words.norms[i] in _TRANSPARENT:
            return True
        return words.norms[i] == "-" and i > 0 and words.ends[i - 1] == words.starts[i]

    def is_capital(self, i: int) -> bool:
        """Whether a word begins with a capital though it opens no line and the line is no title."""
        words = self.words
        if not self.names or not 0 <= i < len(words) or words.kinds[i] != "w":
            return False
        if not words.text[words.starts[i]].isupper() or self._opens_line(i):
            return False
        return not self._in_title(i)

    def _opens_line(self, i: int) -> bool:
        words = self.words
        while i > 0 and words.norms[i - 1] in _TRANSPARENT:
            i -= 1
        return i == 0 or words.kinds[i - 1] == "l" or words.norms[i - 1] in {".", "!", "?", ":"}

    def _in_title(self, i: int) -> bool:
        """Whether the words around stand in capitals too, so that a capital says nothing."""
        words = self.words
        around = [
            k
            for k in range(max(0, i - 7), min(len(words), i + 8))
            if words.kinds[k] == "w" and len(words.norms[k]) >= _LONG_WORD
        ]
        capitals = sum(words.text[words.starts[k]].isupper() for k in around)
        return capitals >= _TITLE * len(around) and len(around) > 2

    def tells_harm(self, i: int) -> bool:
        """Whether a word of harm stands at a token or at the next one."""
        return i in self.harm or i + 1 in self.harm

    def is_armed(self, i: int) -> bool:
        """Whether a token names an armed group."""
        return i in self._armed

    def name_before(self, i: int) -> tuple[int, int] | None:
        """The name of a person that ends at most a few words before a token: "X, 23, was"."""
        for last in range(i, max(0, i - _NAME_REACH), -1):
            if self.is_name(last - 1) and self.is_name(last - 2):
                first = last - 2
                while self.is_name(first - 1):
                    first -= 1
                return first, last
            if last - 1 in self.person or last - 1 in self.harm or self._stops(last - 1):
                return None
        return None

    def name_after(self, i: int) -> tuple[int, int] | None:
        """The name of a person that begins at a token."""
        if self._given and not self.names:
            return self.given_name_at(i)
        if not (self.is_name(i) and self.is_name(i + 1)):
            return None
        last = i + 2
        while self.is_name(last) and last - i < _NAME_REACH:
            last += 1
        return i, last

    def may_name(self, i: int) -> bool:
        """Whether a person's name may begin at a token: a given name, a title or a noun for kin,
        perhaps with a written-on "and"; a capital where the language has capitals."""
        words = self.words
        while i < len(words) and words.norms[i] in _TRANSPARENT:
            i += 1
        if i >= len(words) or words.kinds[i] != "w":
            return False
        if self.names:
            return words.text[words.starts[i]].isupper()
        forms = [words.norms[i]]
        forms += [forms[0][len(p) :] for p in self._and_prefixes if forms[0].startswith(p)]
        named = self._is_given(i) or any(f in self._titles for f in forms)
        return named or any(f in self._given for f in forms[1:]) or i in self.person

    def given_name_at(self, i: int) -> tuple[int, int] | None:
        """The name at a token in a script without capitals: known by its first word."""
        words = self.words
        while i < len(words) and words.norms[i] in _TRANSPARENT:
            i += 1
        last = i
        while last < len(words) and words.norms[last] in self._titles and last - i < 2:
            last += 1
        if last + 1 >= len(words) or not self._is_given(last):
            return None
        follows = words.kinds[last + 1] == "w" and words.norms[last + 1] not in self.small
        return (i, last + 2) if follows else None

    def is_name(self, i: int) -> bool:
        """Whether a token may be a word of a person's name, by its capital."""
        inside = 0 <= i < len(self.words) and self.words.kinds[i] == "w"
        return inside and self.is_proper(i) and not self._in_title(i)

    def is_proper(self, i: int) -> bool:
        """Whether a word begins with a capital and names no place and no armed group."""
        words = self.words
        if not self.names or i in self.taken or i in self._armed:
            return False
        raw = words.raw(i)
        proper = raw[:1].isupper() and not (raw.isupper() and len(raw) > 2)
        return proper and words.norms[i] not in self.small

    def _stops(self, i: int) -> bool:
        if i and self.words.norms[i - 1] in self.name_endings:
            return False  # "Ali Haddad Jr., 27, was"
        return self.words.kinds[i] == "l" or self.words.norms[i] in {".", ";", ":", "!", "?"}

    def is_determined(self, i: int) -> bool:
        """Whether a singular noun has an article or opens its line, so that it counts one."""
        words, verb = self.words, self._harm_ends.get(i - 1, "")  # "that killed baby"
        opens = self._opens_line(i) or words.norms[i - 1] in {"-", "–", "•", ","}
        if opens or verb.endswith(("_any", "_obj")):
            return True
        before = range(max(0, i - _DETERMINED), i)
        if any(k in self._aged for k in (i, i - 1, i - 2)) or words.norms[i] in self._others:
            return True
        return any(words.norms[k] in self._determining for k in before)

    def is_foreign(self, i: int) -> bool:
        """Whether a token is in Latin letters though the language is not: a page's own words."""
        words = self.words
        inside = self._own_script and 0 <= i < len(words) and words.kinds[i] == "w"
        return inside and words.text[words.starts[i]].isascii()

    def describes(self, hit: Hit) -> bool:
        """Whether a noun only describes the one before: "رجل مسن", "الدفاع المدني"."""
        i, norms, prefixes = hit.first, self.words.norms, self.definite_prefixes
        if self._and_prefixes and norms[i].startswith(self._and_prefixes):
            return False  # "الأب والأم", "راع وابنه": the father and the mother, a herdsman and …
        if i - 1 in self._person_ends and not (self.is_armed(i - 1) and self.is_capital(i - 1)):
            return True  # but "a Taliban leader" is a leader
        if (
            self._after_noun
            and norms[i] in self._adjectives
            and i
            and self.words.kinds[i - 1] == "w"
        ):
            return i - 1 not in self._harm_ends and norms[i - 1] not in self.small
        both = bool(prefixes) and i > 0 and norms[i].startswith(prefixes)
        return both and norms[i - 1].startswith(prefixes)

    def says_nothing_new(self, i: int) -> bool:
        """Whether a noun brings nobody in: kin to whom it matters ("الابن الوحيد لوالديه"), or a
        dual behind the dual that it describes ("طفلين شقيقين")."""
        norm = self.words.norms[i]
        if self._concerned and norm.startswith(self._concerned) and norm.endswith(self._owned):
            return True
        pair = self._person_at_end.get(i - 1)
        if not pair or not pair.key.endswith("_du") or norm.startswith(self._and_prefixes):
            return False
        return i in self.number or (i in self.person and self.person[i].key.endswith("_du"))

    def is_adjective(self, hit: Hit) -> bool:
        """Whether a noun only says of what kind the next word is: "civilian deaths"."""
        words, i = self.words, hit.last
        if words.norms[hit.first] not in self._adjectives or i >= len(words):
            return False
        harm = self.harm.get(i)
        verb = harm is not None and not harm.key.endswith("_state")
        return words.kinds[i] == "w" and words.norms[i] not in self.small and not verb

    def is_known(self, i: int) -> bool:
        """Whether a noun is definite: "the villagers", المدنيين."""
        norms = self.words.norms
        if self.definite_prefixes and norms[i].startswith(self.definite_prefixes):
            return True
        return any(norms[k] in self.definite for k in (i - 1, i - 2) if k >= 0)
