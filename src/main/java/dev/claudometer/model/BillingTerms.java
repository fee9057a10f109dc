package dev.claudometer.model;

/// What changes the rate besides the model and the day. An empty string is "not stated".
///
/// @param serviceTier `standard`, `batch`, `priority`, …
/// @param speed `standard` or `fast`
/// @param inferenceGeo `us`, `global`, `not_available`, …
public record BillingTerms(String serviceTier, String speed, String inferenceGeo)
    implements Comparable<BillingTerms> {

  public static final BillingTerms UNSTATED = new BillingTerms("", "", "");

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
