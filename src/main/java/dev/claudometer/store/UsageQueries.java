package dev.claudometer.store;

import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.store.quality.QualityQueries;

/// All that can be asked of a store: whoever has this cannot change what is stored.
///
/// Every method throws [StoreException] where the store cannot be used.
public interface UsageQueries
    extends Sums,
        Quarters,
        Sessions,
        Events,
        PricedUses,
        FleetQueries,
        SessionDetails,
        WorkQueries,
        QualityQueries,
        MeterQueries,
        LocalQueries {}
