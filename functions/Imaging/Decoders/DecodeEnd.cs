namespace Serverless.Imaging.Decoders;

/// <summary>Why the app killed a decoder.</summary>
internal enum DecodeEnd
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>It used more processor time than a picture may.</summary>
    TooSlow,

    /// <summary>It took more memory than a picture may.</summary>
    TooLarge,

    /// <summary>It neither worked nor ended.</summary>
    Hung,

    /// <summary>
    /// It takes longer than a picture of its size should, and there was no room beside the quick ones: it begins anew among the slow.
    /// </summary>
    ToBackground,
}
