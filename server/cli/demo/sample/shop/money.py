"""Amounts of money, kept in cents so that nothing is lost to rounding."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """An amount in one currency."""

    cents: int
    currency: str = "EUR"

    def plus(self, other: "Money") -> "Money":
        """The sum of two amounts of the same currency."""
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.cents + other.cents, self.currency)

    def times(self, factor: int) -> "Money":
        """The amount taken `factor` times."""
        return Money(self.cents * factor, self.currency)


def format_money(amount: Money) -> str:
    """The amount as people write it: `12.50 EUR`."""
    return f"{amount.cents // 100}.{amount.cents % 100:02d} {amount.currency}"


def parse_money(text: str) -> Money:
    """The amount that `format_money` wrote."""
    number, currency = text.split(" ")
    whole, cents = number.split(".")
    return Money(int(whole) * 100 + int(cents), currency)
