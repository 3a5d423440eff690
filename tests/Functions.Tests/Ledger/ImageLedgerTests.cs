using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Functions.Tests.Ledger;

public sealed class ImageLedgerTests(StorageFixture storage)
{
    private static readonly Dictionary<string, string> NoProperties = [];

    [Fact]
    public async Task A_record_comes_back_as_it_was_written()
    {
        var ledger = await LedgerAsync();
        var written = await ledger.TryWriteAsync(Record($"{Guid.NewGuid()}/ä 'q' ?#%.jpg"), default);
        var read = await ledger.FindAsync(written!.Id, default);
        Assert.Equal(written.Path, read!.Path);
        Assert.Equal(written.Embedding.ToArray(), read.Embedding.ToArray());
        Assert.Equal(written.CopyDescriptor.ToArray(), read.CopyDescriptor.ToArray());
        Assert.Equal(written.Evidence, read.Evidence);
        Assert.Equal(written.Fingerprint!.Luma, read.Fingerprint!.Luma);
        Assert.NotEqual(default, read.WrittenAt);
        Assert.Equal(
            written with
            {
                Embedding = default,
                CopyDescriptor = default,
                Fingerprint = null,
                Tags = [],
                Properties = NoProperties,
                Turned = [],
                WrittenAt = read.WrittenAt,
            },
            read with
            {
                Embedding = default,
                CopyDescriptor = default,
                Fingerprint = null,
                Tags = [],
                Properties = NoProperties,
                Turned = [],
            }
        );
        Assert.Equal(written.Tags, read.Tags);
        Assert.Equal(written.Properties, read.Properties);
        Assert.Equal(
            written.Turned.Select(turned => (turned.Turn, turned.Vector.ToArray()[0])),
            read.Turned.Select(turned => (turned.Turn, turned.Vector.ToArray()[0]))
        );
    }

    [Fact]
    public async Task Of_two_writers_of_a_new_record_one_loses()
    {
        var ledger = await LedgerAsync();
        var record = Record($"{Guid.NewGuid()}.jpg");
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ledger.TryWriteAsync(record, default)));
        Assert.Single(written, outcome => outcome is not null);
    }

    [Fact]
    public async Task A_writer_that_derived_its_record_from_an_older_one_loses()
    {
        var ledger = await LedgerAsync();
        var first = await ledger.TryWriteAsync(Record($"{Guid.NewGuid()}.jpg"), default);
        Assert.NotNull(await ledger.TryWriteAsync(first! with { State = ImageState.Quarantining }, default));
        Assert.Null(await ledger.TryWriteAsync(first with { State = ImageState.Removed }, default));
        Assert.Equal(ImageState.Quarantining, (await ledger.FindAsync(first.Id, default))!.State);
    }

    [Fact]
    public async Task A_decision_holds_for_the_pair_in_both_orders_and_for_nothing_else()
    {
        var decisions = new RememberedDecisions(storage.Tables(), StorageFixture.Clock);
        await decisions.EnsureAsync(default);
        var (a, b) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        await decisions.RememberAsync(a, "1", b, "2", default);
        Assert.Equal(new PairDecision(null), await decisions.FindAsync(a, "1", b, "2", default));
        Assert.Equal(new PairDecision(null), await decisions.FindAsync(b, "2", a, "1", default));
        Assert.Null(await decisions.FindAsync(a, "1", b, "3", default));
        Assert.Null(await decisions.FindAsync(a, "2", b, "1", default));
        Assert.Null(await decisions.FindAsync(Guid.NewGuid().ToString("N"), "1", b, "2", default));
    }

    [Fact]
    public async Task The_latest_decision_about_a_pair_counts()
    {
        var decisions = new RememberedDecisions(storage.Tables(), StorageFixture.Clock);
        await decisions.EnsureAsync(default);
        var (a, b) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        await decisions.PreferAsync(a, "1", b, "2", default);
        Assert.Equal(new PairDecision(a), await decisions.FindAsync(b, "2", a, "1", default));
        await decisions.PreferAsync(b, "2", a, "1", default);
        Assert.Equal(new PairDecision(b), await decisions.FindAsync(a, "1", b, "2", default));
        await decisions.RememberAsync(a, "1", b, "2", default);
        Assert.Equal(new PairDecision(null), await decisions.FindAsync(a, "1", b, "2", default));
    }

    private static ImageRecord Record(string name) =>
        new()
        {
            Path = new ImagePath("images", name),
            State = ImageState.Indexed,
            BlobETag = "\"0x8DE\"",
            Sequence = 7,
            Sha256 = new string('b', 64),
            Format = ImageFormat.Png,
            Width = 3,
            Height = 4,
            Bytes = 5_000_000_000,
            UploadedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            DecidedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
            Tags = ["red", "a b"],
            Model = "default",
            ModelRevision = "0123456789abcdef",
            StaysInPlace = true,
            Embedding = new[] { 0.8f, -0.6f, float.Epsilon },
            CopyDescriptor = new[] { -1f },
            Turned = [new(ImageOrientation.Rotated90, new[] { 0.6f, 0.8f }), new(ImageOrientation.Mirrored, new[] { 1f })],
            Fingerprint = new Fingerprint(ulong.MaxValue, new byte[Fingerprint.Side * Fingerprint.Side], 0),
            Verdict = Verdict.LookAlike,
            DuplicateOf = new ImagePath("images", "other.jpg"),
            DuplicateOfSequence = 3,
            Nearest = new ImagePath("images", "near.jpg"),
            Similarity = 0.987654321,
            Threshold = 0.91,
            Evidence = new Evidence(
                "notConfirmed",
                "A sentence.",
                0.98,
                0.91,
                17,
                new Alignment(0.5, 0.25, 0.5, 0.25, 0, 0.1, 1, 1, 0, 0),
                "default",
                PixelVerdict.Differ
            ),
            QuarantineName = "0x8DE/a.jpg",
            ListedAs = $"2|{new string('a', 32)}|1|0012345679|9223372031854775807|2515000000000000000",
        };

    private async Task<ImageLedger> LedgerAsync()
    {
        var ledger = new ImageLedger(storage.Tables());
        await ledger.EnsureAsync(default);
        return ledger;
    }
}
