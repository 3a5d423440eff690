namespace Serverless.Images;

/// <summary>What a picture shows, in words that a model, a person, or both wrote.</summary>
internal sealed record ImageDescription
{
    /// <summary>In UTF-16 units, as all lengths here.</summary>
    public const int MaxAltText = 500;

    public const int MaxText = 4000;

    /// <summary>The bytes that it is about, as lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>A sentence to show in the place of the picture.</summary>
    public string? AltText { get; init; }

    /// <summary>All that can be seen, at length.</summary>
    public string? Text { get; init; }

    /// <summary>What is written in the picture.</summary>
    public string? VisibleText { get; init; }

    /// <summary>A person wrote the alt text, or took it away: no model writes it any more.</summary>
    public bool IsAltTextEdited { get; init; }

    /// <summary>The same of <see cref="Text"/>.</summary>
    public bool IsTextEdited { get; init; }

    /// <summary>The model that described the picture; null while none has.</summary>
    public string? Model { get; init; }

    public DateTimeOffset? DescribedAt { get; init; }

    /// <summary>Why no model has described the picture yet, or never will.</summary>
    public string? Problem { get; init; }

    /// <summary>The same with what a model wrote, but where a person did.</summary>
    public ImageDescription With(DescribedText made, string model, DateTimeOffset at) =>
        this with
        {
            AltText = IsAltTextEdited ? AltText : made.AltText,
            Text = IsTextEdited ? Text : made.Text,
            VisibleText = made.VisibleText,
            Model = model,
            DescribedAt = at,
            Problem = null,
        };

    /// <summary>The same with what a person wrote; null leaves a text as it is, an empty one takes it away.</summary>
    public ImageDescription Edited(string? altText, string? text) =>
        this with
        {
            AltText = altText is null ? AltText : NullIfEmpty(altText),
            IsAltTextEdited = IsAltTextEdited || altText is not null,
            Text = text is null ? Text : NullIfEmpty(text),
            IsTextEdited = IsTextEdited || text is not null,
        };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>What a model wrote about a picture: plain text on one line each, bounded.</summary>
internal sealed record DescribedText(string AltText, string? Text, string? VisibleText);
