package dev.claudometer.source.planlimits;

/// Answers in the form that claude.ai, the OAuth endpoint and the cache share.
public final class UsageBodies {

  private UsageBodies() {}

  /// All that has been seen in one.
  public static final String FULL =
      """
      {"five_hour":{"utilization":46.0,"resets_at":"2026-11-20T16:49:59.665316+00:00",
        "limit_dollars":null},
       "seven_day":{"utilization":8.0,"resets_at":"2026-11-24T09:00:00.1+00:00"},
       "seven_day_opus":null,"seven_day_sonnet":{"utilization":0.0,"resets_at":null},
       "seven_day_cowork":{"utilization":null,"resets_at":null},
       "iguana_necktie":{"utilization":120.5,"resets_at":"soon","locked_reason":"x"},
       "limits":[
        {"kind":"session","percent":46,"resets_at":"2026-11-20T16:49:59Z","scope":null},
        {"kind":"weekly_all","percent":8,"resets_at":"2026-11-24T09:00:00Z","scope":null},
        {"kind":"weekly_scoped","percent":53,"resets_at":"2026-11-24T09:00:00Z",
         "scope":{"model":{"id":null,"display_name":"Fable"},"surface":null}},
        {"kind":"hourly_new","percent":null}, "nonsense"],
       "extra_usage":{"is_enabled":true,"monthly_limit":30000,"used_credits":1802,
        "utilization":6.0,"currency":"USD","decimal_places":2},
       "spend":{"used":{"amount_minor":1802,"exponent":2,"currency":"USD"},
        "limit":{"amount_minor":30000,"exponent":2,"currency":"USD"},"percent":6},
       "member_dashboard_available":true,"seven_day_breakdown":{"rows":[]}}""";

  public static String fiveHour(double percent, String resetsAt) {
    return "{\"five_hour\":{\"utilization\":" + percent + ",\"resets_at\":\"" + resetsAt + "\"}}";
  }
}
