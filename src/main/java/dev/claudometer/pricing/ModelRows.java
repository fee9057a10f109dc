package dev.claudometer.pricing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The rows of a book by the ids of models, however they are spelled.
///
/// Any thread may use it: it remembers how ids resolve.
final class ModelRows {

  private final Map<String, ModelPrice> byId = new HashMap<>();
  private final Map<String, ResolvedModel> resolved = new ConcurrentHashMap<>();

  /// An id or alias comes before an id without its date.
  ModelRows(List<ModelPrice> rows) {
    for (ModelPrice row : rows) {
      byId.put(row.id(), row);
      row.aliases().forEach(alias -> byId.put(alias, row));
    }
    for (ModelPrice row : rows) {
      byId.putIfAbsent(ModelId.undated(row.id()), row);
    }
  }

  ResolvedModel resolve(String model) {
    ResolvedModel known = resolved.get(model);
    return known == null ? resolved.computeIfAbsent(model, this::lookUp) : known;
  }

  private ResolvedModel lookUp(String model) {
    ModelId id = ModelId.of(model);
    for (String candidate : id.candidates()) {
      ModelPrice row = byId.get(candidate);
      if (row != null) {
        return ResolvedModel.of(row, id);
      }
    }
    return ResolvedModel.unknown(model, id.fast());
  }
}
