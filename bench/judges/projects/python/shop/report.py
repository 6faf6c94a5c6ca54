from collections import Counter
from datetime import date, timedelta

from shop.orders import Item, Order


def recent(orders: list[Order], today: date, days: int = 7) -> list[Order]:
    earliest = today - timedelta(days=days)
    return [order for order in orders if order.placed >= earliest]


def best_sellers(orders: list[Order], most: int = 3) -> list[str]:
    counts: Counter[str] = Counter()
    for order in orders:
        for item in order.items:
            counts[item.name] += item.count
    return [name for name, _ in counts.most_common(most)]


def summary(order: Order) -> str:
    lines = [f"{item.name}: {item.total()}" for item in order.items]
    return "\n".join([order.number.upper(), *lines, str(order.total(0.1))])


def sample() -> Order:
    order = Order("A1", date(2024, 5, 1))
    order.add(Item("pen", 120, 2))
    return order


unknown: int = "was wrong before"
