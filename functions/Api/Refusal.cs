namespace Serverless.Api;

/// <summary>A refused request; becomes problem+json. The sentence says what to do.</summary>
internal sealed class Refusal(int status, string title, string detail) : Exception(detail)
{
    public int Status => status;

    public string Title => title;

    public static Refusal Invalid(string detail) => new(StatusCodes.Status400BadRequest, "The request is not valid.", detail);

    public static Refusal NotFound(string detail) => new(StatusCodes.Status404NotFound, "There is no such image.", detail);

    public static Refusal Conflict(string detail) => new(StatusCodes.Status409Conflict, "This cannot be done now.", detail);

    public static Refusal TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "The request is too large.", detail);

    public static Refusal Unsupported(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, "The media type is not supported.", detail);

    public static Refusal NotAnImage(string detail) => new(StatusCodes.Status422UnprocessableEntity, "The image cannot be used.", detail);
}
