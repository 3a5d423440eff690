namespace Serverless.Images;

/// <summary>The verdict of two pictures' pixels.</summary>
public enum PixelVerdict
{
    /// <summary>A picture has too little texture to tell.</summary>
    Flat,

    /// <summary>The pictures differ.</summary>
    Differ,

    /// <summary>They agree except for changes like a watermark or strong compression: a copy, if the vectors are alike too.</summary>
    Agree,

    /// <summary>They are the same throughout: a copy, even if the vectors are less similar than usual.</summary>
    Same,
}
