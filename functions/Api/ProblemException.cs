namespace Serverless.Api;

/// <summary>A refused request; becomes problem+json. The sentence says what to do.</summary>
internal sealed class ProblemException(int status, string title, string detail) : Exception(detail)
{
    public int Status => status;

    public string Title => title;

    public static ProblemException Invalid(string detail) => new(StatusCodes.Status400BadRequest, "The request is not valid.", detail);

    public static ProblemException NotFound(string detail) => new(StatusCodes.Status404NotFound, "There is no such image.", detail);

    public static ProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, "This cannot be done now.", detail);

    public static ProblemException TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "The request is too large.", detail);

    public static ProblemException Unsupported(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, "The media type is not supported.", detail);

    public static ProblemException NotAnImage(string detail) =>
        new(StatusCodes.Status422UnprocessableEntity, "The image cannot be used.", detail);
}
