namespace Serverless.Images;

/// <summary>What the pixels of two pictures say of them.</summary>
public enum PixelVerdict
{
    /// <summary>A picture has too little texture to say anything.</summary>
    Flat,

    /// <summary>The pictures differ.</summary>
    Differ,

    /// <summary>They agree, but for what a watermark or strong compression changes: a copy, if the vectors are alike too.</summary>
    Agree,

    /// <summary>They are the same throughout: a copy, even if the vectors are less alike than usual.</summary>
    Same,
}
