namespace Serverless.Imaging.Decoders;

/// <summary>Why the app killed a decoder.</summary>
internal enum DecodeEnd
{
    /// <summary>The app did not kill it.</summary>
    None,

    /// <summary>It exceeded the processor time limit.</summary>
    TooSlow,

    /// <summary>It exceeded the memory limit.</summary>
    TooLarge,

    /// <summary>It hung: no work, no end.</summary>
    Hung,

    /// <summary>
    /// It took longer than a picture of its size should, and the slow lane had no free slot: it restarts there.
    /// </summary>
    ToBackground,
}
