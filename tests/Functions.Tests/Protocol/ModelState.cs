using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Serverless.Images;

namespace Functions.Tests.Protocol;

/// <summary>The row of one image in the ledger. Versions and sequences count from 1.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Row
{
    private byte state;

    public byte Version;
    public byte Sequence;

    /// <summary>The image that this one duplicates or, where it is live, resembles; counted from 1, 0 for none.</summary>
    public byte Other;
    public byte OtherSequence;

    /// <summary>The version whose copy in quarantine the row names; 0 for none.</summary>
    public byte Copy;

    /// <summary>How the list of duplicates has it (<see cref="Entry"/>).</summary>
    public byte Listed;
    public bool IsProvisional;

    public readonly bool Exists => state != 0;

    public ImageState? State
    {
        readonly get => state == 0 ? null : (ImageState)(state - 1);
        set => state = value is { } known ? (byte)(known + 1) : (byte)0;
    }

    public readonly bool IsLive => State is ImageState.Indexing or ImageState.Indexed;

    /// <summary>What the list of duplicates must have of it: a function of the row.</summary>
    public readonly byte Entry =>
        State switch
        {
            ImageState.Quarantined or ImageState.Restoring => 1,
            ImageState.Indexing or ImageState.Indexed when Other != 0 => 2,
            _ => 0,
        };

    public override readonly string ToString() =>
        $"{State} version {Version} at {Sequence}, other {Other - 1} at {OtherSequence}, copy {Copy}";
}

/// <summary>All that the stores and the queue hold of one path.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct ImageCell
{
    /// <summary>
    /// The version at the path, 0 for none: the upload, and which edition of it, as a renewal or a restore makes another.
    /// </summary>
    public byte Blob;
    public byte Uploads;
    public byte Editions;

    /// <summary>Uploads that a person deleted or replaced, a bit each.</summary>
    public byte Gone;

    /// <summary>The versions of it in quarantine, a bit each.</summary>
    public uint Kept;
    public Row Row;

    /// <summary>What the index was told, and how many changes of that a search may still not see.</summary>
    public bool IsWritten;
    public byte Lag;

    /// <summary>The images that were settled after all of that was written, a bit each: when they are looked at again, it shows.</summary>
    public byte ShownTo;

    /// <summary>How many messages of each kind wait.</summary>
    public byte Created;
    public byte Deleted;
    public byte Restores;
    public byte DeletionsForGood;

    public const int Edition = 8;

    public static int UploadOf(int version) => version / Edition;

    public static uint Bit(int version) => 1u << version;

    public readonly bool Keeps(int version) => (Kept & Bit(version)) != 0;

    public readonly bool KeepsUpload(int upload) => (Kept & (0xFFu << (upload * Edition))) != 0;

    public readonly bool IsGone(int upload) => (Gone & (1 << upload)) != 0;
}

/// <summary>A place in the log of announcements. The image is known for good, the rest while the log holds it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Place
{
    public byte Image;

    /// <summary>The version that was announced, or for a restore 128 and the sequence before it; 0 where nothing is held.</summary>
    public byte Cause;
    public byte Upload;

    public readonly bool IsHeld => Cause != 0;
}

/// <summary>A worker and what it remembers of what it read.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Worker
{
    public Step Step;
    public Mode Mode;
    public Event Event;
    public byte Image;

    /// <summary>The image that the message is about, and as what it was taken, while another image is displaced.</summary>
    public byte Home;
    public Mode HomeMode;

    /// <summary>The place that a second look is about.</summary>
    public byte Message;

    /// <summary>What follows when the index is in step with the row, or when the copy is deleted.</summary>
    public Step After;

    /// <summary>Nobody wrote the row since it was read: a conditional write of it succeeds.</summary>
    public bool IsFresh;

    /// <summary>There was no row when it was read: a write succeeds whenever there is none again.</summary>
    public bool SawNone;

    /// <summary>The message comes again once this is done.</summary>
    public bool ComesAgain;

    /// <summary>It began with a place in the log that no row told of.</summary>
    public bool IsUnrecorded;

    /// <summary>
    /// What the image duplicates was live when or after the copy was made. No part of the protocol: the invariant asks it.
    /// </summary>
    public bool SawOtherLive;

    /// <summary>It looks again because something earlier is undecided.</summary>
    public bool IsWaiting;
    public byte Version;
    public byte Sequence;
    public byte Copied;
    public Row Row;

    /// <summary>For each image: 0 where nothing showed it, <see cref="OnlyIndex"/>, else its latest place in the log.</summary>
    public PerImage<byte> Found;

    /// <summary>For each image that was looked up: 0 for no match, else a <see cref="Candidate"/>.</summary>
    public PerImage<byte> Resolved;

    /// <summary>For each image the place at which it is live and gives way to the one that was judged; 0 where it does not.</summary>
    public PerImage<byte> Poorer;

    public const byte OnlyIndex = 255;

    /// <summary>
    /// Packs a match: where it stands, whether it is live, whether a person told the two apart, whether it is the poorer copy.
    /// </summary>
    public static byte Candidate(int sequence, bool isLive, bool isRemembered, bool isLowerQuality) =>
        (byte)((isLowerQuality ? 64 : 0) | (sequence << 2) | (isRemembered ? 2 : 0) | (isLive ? 1 : 0));

    public static int PlaceOf(int candidate) => (candidate & 63) >> 2;
}

/// <summary>One of something for each image.</summary>
[InlineArray(ModelState.MostImages)]
internal struct PerImage<T>
{
    private T first;
}

/// <summary>The workers; they are alike.</summary>
[InlineArray(ModelState.Workers)]
internal struct WorkerArray
{
    private Worker first;
}

/// <summary>The log, by sequence.</summary>
[InlineArray(ModelState.MostPlaces + 1)]
internal struct PlaceArray
{
    private Place first;
}

/// <summary>How far each person has come.</summary>
[InlineArray(ModelState.MostPersons)]
internal struct PersonArray
{
    private byte first;
}

/// <summary>
/// Everything that the stores, the queue and the workers hold at one moment: a few dozen bytes that are copied to be changed.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct ModelState
{
    public const int MostImages = 3;
    public const int MostPlaces = 12;
    public const int MostPersons = 3;
    public const int Workers = 2;

    public PerImage<ImageCell> Images;
    public PlaceArray Log;
    public WorkerArray Work;
    public PersonArray Done;
    public byte Last;

    /// <summary>The second looks that wait, a bit for each place.</summary>
    public ushort Rechecks;

    /// <summary>The pairs that a person told apart, a bit each (<see cref="PairBit"/>).</summary>
    public ulong Remembered;
    public byte Crashes;
    public byte Repeats;
    public byte Impatience;
    public byte Stalls;

    /// <summary>Pairs are named by path and bytes on both sides.</summary>
    public static ulong PairBit(int image, int upload, int other, int otherUpload)
    {
        var (a, b) = ((image * 3) + upload - 1, (other * 3) + otherUpload - 1);
        return 1ul << (a < b ? (b * (b - 1) / 2) + a : (a * (a - 1) / 2) + b);
    }

    /// <summary>
    /// A fingerprint of 64 bits, equal for equal states. Two of ten million different ones share one in a run of 400,000.
    /// </summary>
    public static ulong Fingerprint(ref ModelState state)
    {
        SortWorkers(ref state);
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref state, 1));
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var hash = 0x9E3779B97F4A7C15ul;
        foreach (var word in words)
        {
            hash = Mix(hash ^ word);
        }

        var rest = 0ul;
        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
        {
            rest = (rest << 8) | last;
        }

        return Mix(hash ^ rest);
    }

    /// <summary>Folds the product with an odd constant, twice: every bit of the input reaches every bit of the output.</summary>
    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0xA0761D6478BD642Ful, out var low);
        return System.Numerics.BitOperations.RotateLeft(low ^ high, 23) * 0xE7037ED1A0B428DBul;
    }

    private static void SortWorkers(ref ModelState state)
    {
        if (BytesOf(ref state.Work[0]).SequenceCompareTo(BytesOf(ref state.Work[1])) > 0)
        {
            (state.Work[0], state.Work[1]) = (state.Work[1], state.Work[0]);
        }
    }

    private static ReadOnlySpan<byte> BytesOf(ref Worker worker) => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref worker, 1));
}
