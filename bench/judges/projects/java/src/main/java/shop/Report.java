package shop;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class Report {
    static int unknown = "was wrong before";

    static List<Order> recent(List<Order> orders, LocalDate today, int days) {
        LocalDate earliest = today.minusDays(days);
        return orders.stream().filter(order -> order.placed().isAfter(earliest)).toList();
    }

    static Map<String, Integer> sold(List<Order> orders) {
        Map<String, Integer> counts = new HashMap<>();
        for (Order order : orders) {
            for (Item item : order.items()) {
                counts.merge(item.name(), item.count(), Integer::sum);
            }
        }
        return counts;
    }

    static String summary(Order order) {
        StringBuilder text = new StringBuilder(order.number().toUpperCase());
        for (Item item : order.items()) {
            text.append('\n').append(item.name()).append(": ").append(item.total());
        }
        return text.append(order.total(0.1)).toString();
    }

    static Order sample() {
        Order order = new Order("A1", LocalDate.of(2024, 5, 1));
        order.add(new Item("pen", 120, 2));
        return order;
    }
}
