using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>Where a change of model stands.</summary>
internal enum MigrationStatus
{
    /// <summary>One model, one index.</summary>
    None,

    /// <summary>The index of a second model is being filled; the first one answers.</summary>
    Filling,

    /// <summary>The second model answers; the index of the first one is kept up to date, for a rollback.</summary>
    Switched,
}

/// <summary>The backfill that follows a change of the state.</summary>
internal enum MigrationWork
{
    None,

    /// <summary>The second model's vectors of every image.</summary>
    Fill,

    /// <summary>The vectors of the model in force into every record.</summary>
    Adopt,
}

/// <summary>The one row that every instance follows: which model and index answer, and which second ones are kept beside them.</summary>
internal sealed record ModelState
{
    public const string Partition = "models";
    public const string Key = "inForce";

    public required ModelChoice InForce { get; init; }

    /// <summary>The target of a migration or, after the switch, the previous choice.</summary>
    public ModelChoice? Other { get; init; }

    public MigrationStatus Status { get; init; }

    /// <summary>The settings that were known when this was decided: only a change of them decides anew.</summary>
    public required ModelChoice Settings { get; init; }

    /// <summary>Switches by itself once the index is full.</summary>
    public bool SwitchesWhenFull { get; init; }

    /// <summary>To be started, or running as <see cref="JobId"/>.</summary>
    public MigrationWork Work { get; init; }

    /// <summary>The backfill that does <see cref="Work"/>; null before it is started.</summary>
    public string? JobId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? SwitchedAt { get; init; }

    /// <summary>When the row was last written, by the table service's clock.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public ETag RowVersion { get; init; }

    public TableEntity ToEntity()
    {
        var row = new TableEntity(Partition, Key)
        {
            ["Status"] = Status.ToString(),
            ["Work"] = Work.ToString(),
            ["SwitchesWhenFull"] = SwitchesWhenFull,
        };
        Set(row, "InForce", InForce);
        Set(row, "Settings", Settings);
        Set(row, "Other", Other);
        ImageRecordTable.Set(row, "JobId", JobId);
        ImageRecordTable.Set(row, "StartedAt", StartedAt);
        ImageRecordTable.Set(row, "SwitchedAt", SwitchedAt);
        return row;
    }

    /// <summary>Null if the row cannot be read: the settings decide.</summary>
    public static ModelState? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        if (Choice(columns, "InForce") is not { } inForce || Choice(columns, "Settings") is not { } settings)
        {
            return null;
        }

        var state = new ModelState
        {
            InForce = inForce,
            Settings = settings,
            Other = Choice(columns, "Other"),
            Status = columns.Choice<MigrationStatus>("Status") ?? MigrationStatus.None,
            Work = columns.Choice<MigrationWork>("Work") ?? MigrationWork.None,
            SwitchesWhenFull = columns.Flag("SwitchesWhenFull"),
            JobId = columns.Text("JobId"),
            StartedAt = columns.Time("StartedAt"),
            SwitchedAt = columns.Time("SwitchedAt"),
            WrittenAt = row.Timestamp ?? default,
            RowVersion = row.ETag,
        };
        return columns.Fault is null && (state.Other is null) == (state.Status == MigrationStatus.None) ? state : null;
    }

    private static void Set(TableEntity row, string name, ModelChoice? choice)
    {
        ImageRecordTable.Set(row, $"{name}Provider", choice?.Provider);
        ImageRecordTable.Set(row, $"{name}Model", choice?.Model);
        ImageRecordTable.Set(row, $"{name}Index", choice?.Index);
    }

    private static ModelChoice? Choice(Columns columns, string name) =>
        columns.Text($"{name}Provider") is { } provider
        && columns.Text($"{name}Model") is { } model
        && columns.Text($"{name}Index") is { } index
            ? new ModelChoice(provider, model, index)
            : null;
}
