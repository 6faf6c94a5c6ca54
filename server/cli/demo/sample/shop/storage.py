"""Orders and prices on disk, one JSON file each."""

import json
from pathlib import Path

from shop.money import Money, format_money, parse_money
from shop.orders import Order


def save_prices(path: Path, prices: dict[str, Money]) -> None:
    """Writes the price list."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump({article: format_money(price) for article, price in prices.items()}, file)


def load_prices(path: Path) -> dict[str, Money]:
    """Reads the price list that `save_prices` wrote."""
    with open(path, encoding="utf-8") as file:
        stored = json.load(file)
    return {article: parse_money(text) for article, text in stored.items()}


def save_order(path: Path, order: Order) -> None:
    """Writes one order."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"customer": order.customer, "lines": lines_of(order)}, file)


def load_order(path: Path) -> Order:
    """Reads the order that `save_order` wrote."""
    with open(path, encoding="utf-8") as file:
        stored = json.load(file)
    order = Order(stored["customer"])
    for line in stored["lines"]:
        order.add(line["article"], parse_money(line["price"]), line["count"])
    return order


def lines_of(order: Order) -> list[dict]:
    """The lines of an order, ready for JSON."""
    return [
        {"article": line.article, "price": format_money(line.price), "count": line.count}
        for line in order.lines
    ]


def load_customers(path: Path) -> list[str]:
    """Reads the names of all customers."""
    with open(path, encoding="utf-8") as file:
        stored = json.load(file)
    return [customer["name"] for customer in stored]
