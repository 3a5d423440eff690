using System.Text;
using Bench.Scale.Services;
using Serverless.Images;

namespace Bench.Scale;

/// <summary>Follows every write of a record: of the uploads of one picture, one may be live.</summary>
internal sealed class LiveCopies(Gallery gallery, VirtualTime time)
{
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes("\"State\":\"");

    private readonly Dictionary<int, HashSet<int>> live = [];
    private readonly Dictionary<int, ImageState> states = [];

    /// <summary>Uploads that went live while another of the same picture was: the protocol says that there are none.</summary>
    public int Slipped { get; private set; }

    public int Decided { get; private set; }

    public int Quarantined => states.Values.Count(state => state == ImageState.Quarantined);

    /// <summary>Pictures of which not exactly one upload is live.</summary>
    public int Wrong => gallery.Files.Keys.Count(group => live.GetValueOrDefault(group)?.Count != 1);

    /// <summary>Raised after each first verdict.</summary>
    public event Action? Verdict;

    public void Note(string table, string id, Row row)
    {
        if (table != "ImageRecords" || !gallery.ById.TryGetValue(id, out var upload))
        {
            return;
        }

        var state = StateOf(row.Json);
        var group = live.TryGetValue(upload.Group, out var known) ? known : live[upload.Group] = [];
        if (!state.IsLive())
        {
            group.Remove(upload.Number);
        }
        else if (group.Add(upload.Number) && group.Count > 1)
        {
            Slipped++;
        }

        states[upload.Number] = state;
        if (state is ImageState.Indexed or ImageState.Quarantined && upload.DecidedAt is null)
        {
            upload.DecidedAt = time.Now;
            Decided++;
            Verdict?.Invoke();
        }
    }

    private static ImageState StateOf(ReadOnlySpan<byte> json)
    {
        var rest = json[(json.IndexOf(Mark) + Mark.Length)..];
        return Enum.Parse<ImageState>(Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]));
    }
}
