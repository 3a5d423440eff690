namespace Bench.Scale;

/// <summary>
/// What the model takes for granted. Limits of storage are published targets; latencies, and what search can do, are assumptions; processor
/// times are measured (docs/scale.md).
/// </summary>
internal sealed record Assumptions
{
    /// <summary>Entities of 1 KiB a second in one partition of a table; a larger one counts as several.</summary>
    public double PartitionEntities { get; init; } = 2000;

    /// <summary>How much of an entity counts that a range query returns.</summary>
    public double ScanShare { get; init; } = 1;

    /// <summary>Size of a row of the log, if it were another than it is.</summary>
    public double? LogRowKilobytes { get; init; }

    /// <summary>Logs of announcements, if what could match always met in the same one.</summary>
    public int Shards { get; init; } = 1;

    public double AccountRequests { get; init; } = 20_000;

    public double QueueMessages { get; init; } = 2000;

    /// <summary>Search units: partitions times replicas.</summary>
    public int SearchUnits { get; init; } = 1;

    /// <summary>Documents in the index before the run: what an exhaustive search reads besides.</summary>
    public long Documents { get; init; }

    /// <summary>Seconds of a core; a search unit has four.</summary>
    public double QueryWork { get; init; } = 0.004;

    public double IndexWork { get; init; } = 0.004;

    public const int SearchCores = 4;

    /// <summary>Bytes of vectors that one core reads in a second.</summary>
    public const double ScanBytes = 4e9;

    public TimeSpan TableLatency { get; init; } = TimeSpan.FromMilliseconds(6);

    public TimeSpan QueueLatency { get; init; } = TimeSpan.FromMilliseconds(8);

    public TimeSpan BlobLatency { get; init; } = TimeSpan.FromMilliseconds(12);

    public TimeSpan SearchLatency { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Latencies are log-normal around these medians.</summary>
    public double Spread { get; init; } = 0.5;

    /// <summary>Until the index shows a document.</summary>
    public TimeSpan IndexLag { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>From the end of an upload to its message.</summary>
    public TimeSpan EventLatency { get; init; } = TimeSpan.FromMilliseconds(300);

    public int Cores { get; init; } = 2;

    /// <summary>Images that one instance works on at a time (host.json).</summary>
    public int ImagesAtOnce { get; init; } = 8;

    /// <summary>Decoding and embedding one picture.</summary>
    public TimeSpan EmbedWork { get; init; } = TimeSpan.FromMilliseconds(67);

    /// <summary>With what each kilobyte takes, so that a new image takes the 131 ms that were measured.</summary>
    public TimeSpan RequestWork { get; init; } = TimeSpan.FromMilliseconds(2);

    public TimeSpan KilobyteWork { get; init; } = TimeSpan.FromMilliseconds(0.04);

    public const int PictureBytes = 360_000;

    /// <summary>Bytes a second of one download.</summary>
    public const double DownloadRate = 60e6;
}
