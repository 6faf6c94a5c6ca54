package shop;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

public class Order {
    private final String number;
    private final LocalDate placed;
    private final List<Item> items = new ArrayList<>();

    public Order(String number, LocalDate placed) {
        this.number = number;
        this.placed = placed;
    }

    public String number() {
        return number;
    }

    public LocalDate placed() {
        return placed;
    }

    public List<Item> items() {
        return items;
    }

    public void add(Item item) {
        items.add(item);
    }

    public int total(double discount) {
        return (int) (items.stream().mapToInt(Item::total).sum() * (1 - discount));
    }
}
