"""Bills: what is printed for the customer."""

from shop.money import Money, format_money
from shop.orders import Order


def split_evenly(total: Money, people: int) -> list[Money]:
    """Divides an amount among people so that nothing is lost.

    The shares differ by one cent at most, the larger ones come first, and together they are the total.
    Raises ValueError when there is nobody to pay.
    """
    ...


def bill_for(order: Order) -> str:
    """The bill as text: a title, a row for each line, the total."""
    rows = [f"Bill for {order.customer}"]
    for line in order.lines:
        rows.append(f"{line.article}: {format_money(line.total())}")
    total = order.total()
    rows.append(f"total: {format_money(total)}")
    return "\n".join(rows)


def bill_for_all(orders: list[Order]) -> str:
    """The bills of several orders, with what they come to."""
    rows = []
    total = Money(0)
    for order in orders:
        rows.append(bill_for(order))
        total = total.plus(order.total())
    return "\n".join(rows)
