namespace Serverless.Images;

/// <summary>A picture in words, written by a model, a person, or both.</summary>
internal sealed record ImageDescription
{
    /// <summary>In UTF-16 units, like all lengths here.</summary>
    public const int MaxAltText = 500;

    public const int MaxText = 4000;

    /// <summary>The SHA-256 of the described bytes, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>A sentence that replaces the picture.</summary>
    public string? AltText { get; init; }

    /// <summary>A detailed description.</summary>
    public string? Text { get; init; }

    /// <summary>Text visible in the picture.</summary>
    public string? VisibleText { get; init; }

    /// <summary>A person wrote or removed the alt text: models no longer change it.</summary>
    public bool IsAltTextEdited { get; init; }

    /// <summary>The same for <see cref="Text"/>.</summary>
    public bool IsTextEdited { get; init; }

    /// <summary>The model that described the picture; null while none has.</summary>
    public string? Model { get; init; }

    public DateTimeOffset? DescribedAt { get; init; }

    /// <summary>Why no model has described the picture yet, or never will.</summary>
    public string? Problem { get; init; }

    /// <summary>The same with a model's texts, except those that a person wrote.</summary>
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

    /// <summary>The same with a person's texts; null leaves a text unchanged, an empty one removes it.</summary>
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

/// <summary>A model's texts about a picture: bounded plain text, one line each.</summary>
internal sealed record DescribedText(string AltText, string? Text, string? VisibleText);
