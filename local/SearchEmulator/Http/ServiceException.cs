namespace SearchEmulator.Http;

/// <summary>An answer other than success, in the words of the service. <see cref="Http.ErrorResponse"/> writes it.</summary>
internal sealed class ServiceException(int status, string code, string message, string? detailCode = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? DetailCode { get; } = detailCode;

    public TimeSpan? RetryAfter { get; init; }

    public static ServiceException BadRequest(string message, string code = "") => new(400, code, message);

    /// <summary>Errors about a query option carry its name on a second line.</summary>
    public static ServiceException InvalidExpression(string message, string parameter) =>
        new(400, string.Empty, $"Invalid expression: {message}\r\nParameter name: {parameter}");

    public static ServiceException InvalidParameter(string message, string detailCode) =>
        new(400, "InvalidRequestParameter", message, detailCode);

    public static ServiceException InvalidDefinition(string message, string detailCode, string code = "InvalidRequestParameter") =>
        new(400, code, $"The request is invalid. Details: definition : {message}", detailCode);

    public static ServiceException InvalidAction(int action, string message, string detailCode = "") =>
        new(
            400,
            string.Empty,
            $"The request is invalid. Details: actions : {action}: {message}",
            detailCode.Length == 0 ? null : detailCode
        );

    public static ServiceException NotImplemented(string what) =>
        new(501, "NotImplemented", $"This emulator does not reproduce {what}. Nothing was changed.");
}
