"""Orders: lines of articles, and what they cost."""

from dataclasses import dataclass, field

from shop.money import Money, format_money


@dataclass(frozen=True)
class Line:
    """One article in an order."""

    article: str
    price: Money
    count: int = 1

    def total(self) -> Money:
        """What the line costs."""
        return self.price.times(self.count)


@dataclass
class Order:
    """What one customer wants."""

    customer: str
    lines: list[Line] = field(default_factory=list)

    def add(self, article: str, price: Money, count: int = 1) -> None:
        """Adds a line for the article."""
        self.lines.append(Line(article, price, count))

    def total(self) -> Money:
        """What all lines cost together."""
        total = Money(0)
        for line in self.lines:
            total = total.plus(line.total())
        return total


def describe_order(order: Order) -> str:
    """One line of text for each line of the order, and the total."""
    rows = []
    for line in order.lines:
        rows.append(f"{line.count} x {line.article}: {format_money(line.total())}")
    rows.append(f"total: {format_money(order.total())}")
    return "\n".join(rows)
