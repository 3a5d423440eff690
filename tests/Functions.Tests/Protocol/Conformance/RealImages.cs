using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>The images of one trace in real storage, and how their versions and places are named in the model.</summary>
internal sealed class RealImages(Stage stage, string folder, Func<int, int, byte[]> picture)
{
    private readonly Dictionary<(int Image, string ETag), int> versions = [];
    private readonly Dictionary<string, int> uploadOf = [];
    private readonly int[] uploads = new int[ModelState.MostImages];
    private readonly int[] editions = new int[ModelState.MostImages];
    private readonly int[] blobs = new int[ModelState.MostImages];
    private long first;

    /// <summary>What storage events would tell of since they were last taken.</summary>
    public List<(Event Kind, int Image)> Events { get; } = [];

    public ImageState?[] States { get; } = new ImageState?[ModelState.MostImages];

    public ImagePath PathOf(int image) => new("images", string.Create(CultureInfo.InvariantCulture, $"{folder}/{image}.jpg"));

    /// <summary>-1 for one of another trace.</summary>
    public int ImageOf(string id) => Enumerable.Range(0, ModelState.MostImages).FirstOrDefault(image => PathOf(image).Id == id, -1);

    public async Task StartAsync()
    {
        var counter = await stage
            .Workers[0]
            .Get<Azure.Data.Tables.TableServiceClient>()
            .GetTableClient("ImageAnnouncements")
            .GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>(AnnouncementTable.Partition, AnnouncementTable.CounterKey);
        first = counter.HasValue ? counter.Value!.GetInt64("Last") ?? 0 : 0;
    }

    public async Task UploadAsync(int image)
    {
        var bytes = picture(image, ++uploads[image]);
        uploadOf[Convert.ToHexStringLower(SHA256.HashData(bytes))] = uploads[image];
        var written = await stage.Images.GetBlobClient(PathOf(image).Name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        blobs[image] = versions[(image, BlobVersion.Of(written.Value.ETag))] = uploads[image] * ImageCell.Edition;
        Events.Add((Event.Created, image));
    }

    public async Task DeleteAsync(int image)
    {
        if (await stage.Images.GetBlobClient(PathOf(image).Name).DeleteIfExistsAsync())
        {
            blobs[image] = 0;
            Events.Add((Event.Deleted, image));
        }
    }

    /// <summary>What storage holds now, in the words of the model; notes the events of what the app did itself.</summary>
    public async Task<ModelState> ObserveAsync(int images)
    {
        var seen = new PerImage<ImageCell>();
        var kept = new HashSet<string>();
        await foreach (var copy in stage.Quarantine.GetBlobsAsync())
        {
            kept.Add(copy.Name);
        }

        for (var image = 0; image < images; image++)
        {
            var version = await VersionAsync(image, stage.Images.GetBlobClient(PathOf(image).Name));
            if (version != blobs[image] && (version == 0 || blobs[image] == 0))
            {
                Events.Add((version == 0 ? Event.Deleted : Event.Created, image));
            }

            blobs[image] = version;
            var row = await stage.Workers[0].Get<ImageLedger>().FindAsync(PathOf(image).Id, default);
            States[image] = row?.State;
            seen[image] = new ImageCell
            {
                Blob = (byte)version,
                Kept = versions
                    .Where(known => known.Key.Image == image && kept.Contains(CopyOf(known.Key)))
                    .Aggregate(0u, (bits, known) => bits | ImageCell.Bit(known.Value)),
                Row = row is null ? default : RowOf(image, row),
            };
        }

        var state = new ModelState { Images = seen };
        await foreach (var place in stage.Workers[0].Get<AnnouncementLog>().ListAsync(default))
        {
            if (place.Sequence > first && ImageOf(place.Id) >= 0)
            {
                state.Last = (byte)(place.Sequence - first);
                state.Log[state.Last] = new Place { Image = (byte)ImageOf(place.Id), Cause = 1 };
            }
        }

        return state;
    }

    private Row RowOf(int image, ImageRecord record) =>
        new()
        {
            State = record.State,
            Version = (byte)versions[(image, record.BlobETag)],
            Sequence = (byte)(record.Sequence - first),
            Other = (byte)(record.DuplicateOf is { } other ? ImageOf(other.Id) + 1 : 0),
            OtherSequence = (byte)(record.DuplicateOfSequence > 0 ? record.DuplicateOfSequence - first : 0),
            Copy = (byte)(
                record.QuarantineName is { } name ? versions.First(known => known.Key.Image == image && CopyOf(known.Key) == name).Value : 0
            ),
        };

    private string CopyOf((int Image, string ETag) version) => QuarantineStore.NameOf(PathOf(version.Image), version.ETag);

    /// <summary>The index holds what the rows call live, and nothing else.</summary>
    public async Task AssertIndexedAsync(int images)
    {
        for (var image = 0; image < images; image++)
        {
            Assert.Equal(States[image] == ImageState.Indexed, await stage.Workers[0].Get<ImageIndex>().HasAsync(PathOf(image).Id, default));
        }
    }

    private async Task<int> VersionAsync(int image, BlobClient blob)
    {
        try
        {
            var content = (await blob.DownloadContentAsync()).Value;
            var key = (image, BlobVersion.Of(content.Details.ETag));
            if (!versions.TryGetValue(key, out var version))
            {
                var upload = uploadOf[Convert.ToHexStringLower(SHA256.HashData(content.Content))];
                version = versions[key] = (upload * ImageCell.Edition) + ++editions[image];
            }

            return version;
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return 0;
        }
    }
}
