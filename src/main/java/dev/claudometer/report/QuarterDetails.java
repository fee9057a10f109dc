package dev.claudometer.report;

import dev.claudometer.store.Quarters.Ends;
import dev.claudometer.store.Quarters.FirstUse;
import dev.claudometer.store.Quarters.Quarter;
import dev.claudometer.store.UsageQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the sum of a quarter hour does not tell of it.
sealed interface QuarterDetails {

  /// Its first and its last response; null where nobody knows them.
  @Nullable Ends ends(Instant quarter);

  /// Its models in the order of their first use.
  List<String> inOrder(Quarter quarter);

  /// Notes what is asked for, and answers as if there was one response, just after the beginning:
  /// at the beginning itself it might belong to the block before.
  final class Foreseen implements QuarterDetails {

    private final List<Instant> ends = new ArrayList<>();
    private final List<Instant> orders = new ArrayList<>();

    @Override
    public Ends ends(Instant quarter) {
      ends.add(quarter);
      Instant only = quarter.plusMillis(1);
      return new Ends(quarter, only, only);
    }

    @Override
    public List<String> inOrder(Quarter quarter) {
      orders.add(quarter.at());
      return quarter.models();
    }

    QuarterDetails lookedUp(UsageQueries store) {
      var found = new LookedUp(store);
      found.lookUpEnds(ends);
      found.lookUpOrders(orders);
      return found;
    }
  }

  /// Knows what it has looked up, and looks up what it is asked for beside that.
  final class LookedUp implements QuarterDetails {

    private final UsageQueries store;
    private final Map<Instant, Ends> ends = new HashMap<>();
    private final Map<Instant, List<FirstUse>> uses = new HashMap<>();

    private LookedUp(UsageQueries store) {
      this.store = store;
    }

    private void lookUpEnds(List<Instant> quarters) {
      store.ends(quarters).forEach(each -> ends.put(each.at(), each));
    }

    private void lookUpOrders(List<Instant> quarters) {
      for (FirstUse use : store.firstUses(quarters)) {
        uses.computeIfAbsent(use.at(), _ -> new ArrayList<>()).add(use);
      }
    }

    @Override
    public @Nullable Ends ends(Instant quarter) {
      if (!ends.containsKey(quarter)) {
        lookUpEnds(List.of(quarter));
      }
      return ends.get(quarter);
    }

    @Override
    public List<String> inOrder(Quarter quarter) {
      if (!uses.containsKey(quarter.at())) {
        lookUpOrders(List.of(quarter.at()));
      }
      Map<Instant, List<String>> byFirst = new TreeMap<>();
      for (FirstUse use : uses.getOrDefault(quarter.at(), List.of())) {
        byFirst.computeIfAbsent(use.first(), _ -> new ArrayList<>(1)).add(use.model());
      }
      List<String> models = new ArrayList<>();
      byFirst.forEach(
          (first, some) -> models.addAll(some.size() == 1 ? some : store.modelsAt(first)));
      return List.copyOf(new LinkedHashSet<>(models));
    }
  }
}
