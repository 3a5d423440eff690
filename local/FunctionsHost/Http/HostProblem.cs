namespace FunctionsHost.Http;

/// <summary>What the host answers itself, in the form that the app has for it. The host in Azure sends no body.</summary>
internal static class HostProblem
{
    public static Task AnswerAsync(HttpContext context, int status, string title, string detail) =>
        Results.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);

    public static Task KeyNeededAsync(HttpContext context) =>
        AnswerAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "A key is needed.",
            "Send a function key of this app in the header x-functions-key, or as ?code=."
        );
}
