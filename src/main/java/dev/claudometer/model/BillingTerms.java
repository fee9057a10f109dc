package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// What changes the rate besides the model and the day. An empty string is "not stated".
///
/// @param serviceTier `standard`, `batch`, `priority`, …
/// @param speed `standard` or `fast`
/// @param inferenceGeo `us`, `global`, `not_available`, …
public record BillingTerms(String serviceTier, String speed, String inferenceGeo)
    implements Comparable<BillingTerms> {

  public static final BillingTerms UNSTATED = new BillingTerms("", "", "");

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BillingTerms that
        && serviceTier.equals(that.serviceTier)
        && speed.equals(that.speed)
        && inferenceGeo.equals(that.inferenceGeo);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * serviceTier.hashCode() + speed.hashCode()) + inferenceGeo.hashCode();
  }

  public boolean fast() {
    return speed.equals("fast");
  }

  @Override
  public int compareTo(BillingTerms other) {
    int tier = serviceTier.compareTo(other.serviceTier);
    int pace = tier != 0 ? tier : speed.compareTo(other.speed);
    return pace != 0 ? pace : inferenceGeo.compareTo(other.inferenceGeo);
  }
}
