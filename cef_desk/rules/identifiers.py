"""Numbers that carry their own key: the SIRET of an establishment."""


def siret_is_sound(text: str) -> bool:
    """True for a SIRET whose key holds, by the rule of INSEE and that of La Poste."""
    from stdnum.fr import siret

    return bool(siret.is_valid(text))
