package dev.claudometer.source.adminapi;

import dev.claudometer.json.JsonValue;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// For whom something was used, as the newer analytics name it: in one object, where the older
/// report has a column for each kind.
final class Actors {

  private Actors() {}

  /// The group of a row that was asked to be grouped by actor, too.
  ///
  /// A kind that is not known here (`federated_actor`, whoever else may come) is nobody's: its
  /// tokens and its key count all the same.
  static BilledGroup group(JsonValue group, Collection<BilledDimension> asked) {
    Map<BilledDimension, String> values = new EnumMap<>(BilledDimension.class);
    asked.forEach(
        dimension -> values.put(dimension, group.at(Dimensions.of(dimension)).textOr("")));
    values.put(BilledDimension.ACCOUNT, "");
    values.put(BilledDimension.SERVICE_ACCOUNT, "");
    JsonValue actor = group.at("actor");
    switch (actor.at("type").textOr("")) {
      case "user_actor" -> values.put(BilledDimension.ACCOUNT, actor.at("user_id").text());
      case "service_account_actor" ->
          values.put(BilledDimension.SERVICE_ACCOUNT, actor.at("service_account_id").text());
      case "api_actor" ->
          values.merge(
              BilledDimension.API_KEY,
              actor.at("api_key_id").text(),
              (told, ofActor) -> told.isEmpty() ? ofActor : told);
      default -> {}
    }
    return new BilledGroup(values);
  }
}
