using Serverless.Ledger;

namespace Serverless.Models;

/// <summary>What settings and the known state say together. Settings decide only when they have changed.</summary>
internal static class ModelDecision
{
    /// <param name="known">The state; null where the app never noted one.</param>
    /// <param name="settings">The choice of the settings today.</param>
    /// <param name="now">By the clock of the storage service.</param>
    public static ModelState Of(ModelState? known, ModelChoice settings, DateTimeOffset now)
    {
        // Who names a new index wants that index, and nothing carried over.
        if (known is null || (known.Settings != settings && known.Settings.Index != settings.Index))
        {
            return new ModelState
            {
                InForce = settings,
                Settings = settings,
                RowVersion = known?.RowVersion ?? default,
            };
        }

        if (known.Settings == settings)
        {
            return known;
        }

        if (known.InForce.IsSameModel(settings))
        {
            return known with { Settings = settings };
        }

        return To(settings, known with { Settings = settings }, now) with
        {
            SwitchesWhenFull = true,
        };
    }

    /// <summary>The state after a migration to a model has begun.</summary>
    public static ModelState To(ModelChoice target, ModelState known, DateTimeOffset now) =>
        known.Status == MigrationStatus.Filling && known.Other!.IsSameModel(target)
            ? known
            : known with
            {
                Other =
                    known.Other is { } other && other.IsSameModel(target)
                        ? other
                        : target with
                        {
                            Index = IndexNames.Of(known.Settings.Index, target.Model, known.InForce.Index),
                        },
                Status = MigrationStatus.Filling,
                SwitchesWhenFull = false,
                Work = MigrationWork.Fill,
                JobId = null,
                StartedAt = now,
                SwitchedAt = null,
            };

    /// <summary>The state after the second model came into force.</summary>
    public static ModelState Switched(ModelState known, DateTimeOffset now) =>
        known with
        {
            InForce = known.Other!,
            Other = known.InForce,
            Status = MigrationStatus.Switched,
            SwitchesWhenFull = false,
            Work = MigrationWork.Adopt,
            JobId = null,
            SwitchedAt = now,
        };

    /// <summary>The state without a second model: the fill is given up, or the switch is taken back.</summary>
    public static ModelState RolledBack(ModelState known) =>
        Ended(known) with
        {
            InForce = known.Status == MigrationStatus.Switched ? known.Other! : known.InForce,
            Work = known.Status == MigrationStatus.Switched ? MigrationWork.Adopt : MigrationWork.None,
            JobId = null,
        };

    /// <summary>The state without a second model: what is in force stays.</summary>
    public static ModelState Ended(ModelState known)
    {
        var isAdopting = known is { Status: not MigrationStatus.Filling, Work: MigrationWork.Adopt };
        return known with
        {
            Other = null,
            Status = MigrationStatus.None,
            SwitchesWhenFull = false,
            Work = isAdopting ? MigrationWork.Adopt : MigrationWork.None,
            JobId = isAdopting ? known.JobId : null,
            StartedAt = null,
            SwitchedAt = null,
        };
    }
}
