using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Review;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Review;

/// <summary>A ledger and a list of duplicates in an Azurite of their own, with records as the app writes them.</summary>
internal sealed class ListedImages : IAsyncDisposable
{
    private readonly AzuriteProcess azurite;

    private ListedImages(AzuriteProcess azurite)
    {
        this.azurite = azurite;
        var service = new TableServiceClient(azurite.ConnectionString);
        (Ledger, Table) = (new ImageLedger(service), new DuplicateTable(service));
        Groups = new DuplicateGroups(Table, Ledger);
        Report = new DuplicateReport(new DuplicateScan(service), Ledger);
    }

    public ImageLedger Ledger { get; }

    public DuplicateTable Table { get; }

    public DuplicateGroups Groups { get; }

    public DuplicateReport Report { get; }

    public WhatIf WhatIf(DuplicateOptions? options = null)
    {
        var wrapped = Options.Create(options ?? new DuplicateOptions());
        return new WhatIf(
            Table,
            new DuplicatePolicy(wrapped, new EmbeddingModel("test", "r1", "onnx", 2, null, new ModelThresholds(0.95, 0.8))),
            wrapped
        );
    }

    public static async Task<ListedImages> StartAsync()
    {
        var images = new ListedImages(await AzuriteProcess.StartAsync());
        await images.Ledger.EnsureAsync(default);
        await images.Table.EnsureAsync(default);
        return images;
    }

    /// <summary>Writes a record and lists it, as the index writer does.</summary>
    public async Task<ImageRecord> AddAsync(ImageRecord record)
    {
        var entry = DuplicateEntry.Of(record);
        if (entry is not null)
        {
            await Table.AddAsync(entry, default);
        }

        return (await Ledger.TryWriteAsync(record with { ListedAs = entry?.ToString() }, default))!;
    }

    public static ImageRecord Kept(string name) =>
        new()
        {
            Path = new ImagePath("images", name),
            State = ImageState.Indexed,
            BlobETag = "\"1\"",
            Sequence = 1,
            UploadedAt = DateTimeOffset.UnixEpoch,
            Sha256 = new string('a', 64),
            Format = ImageFormat.Jpeg,
            Embedding = new[] { 1f, 0f },
            Fingerprint = new Fingerprint(0, new byte[1], 0),
            Verdict = Verdict.New,
            DecidedAt = DateTimeOffset.UnixEpoch,
            Bytes = 1000,
        };

    public static ImageRecord Member(
        string name,
        string kept,
        double similarity,
        long bytes = 1000,
        DateTimeOffset? decidedAt = null,
        ImageState state = ImageState.Quarantined,
        Verdict verdict = Verdict.Copy,
        PixelVerdict? pixels = PixelVerdict.Agree,
        string rule = "vectorAndPixels"
    ) =>
        Kept(name) with
        {
            State = state,
            QuarantineName = state == ImageState.Quarantined ? $"1/{name}" : null,
            Verdict = verdict,
            DuplicateOf = new ImagePath("images", kept),
            Similarity = similarity,
            Bytes = bytes,
            DecidedAt = decidedAt ?? DateTimeOffset.UnixEpoch,
            Evidence = new Evidence(rule, "A sentence.", similarity, 0.95, null, null, "test", pixels),
        };

    public static ImageRecord Near(string name, string nearest, double similarity, PixelVerdict? pixels) =>
        Kept(name) with
        {
            Nearest = new ImagePath("images", nearest),
            Similarity = similarity,
            Evidence = new Evidence("belowThreshold", "A sentence.", similarity, 0.95, null, null, "test", pixels),
        };

    public ValueTask DisposeAsync() => azurite.DisposeAsync();
}
