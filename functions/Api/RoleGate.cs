using Serverless.Access;

namespace Serverless.Api;

/// <summary>Refuses what the caller's role does not cover.</summary>
internal static class RoleGate
{
    public static void UseRoles(this IApplicationBuilder app)
    {
        var callers = app.ApplicationServices.GetRequiredService<CallerRole>();
        app.Use(
            (context, next) =>
            {
                var needed = NeededRole.Of(context);
                if (needed != Role.None)
                {
                    callers.Demand(needed, context);
                }

                return next(context);
            }
        );
    }

    /// <exception cref="ProblemException">The caller's role does not cover the request.</exception>
    public static void Demand(this CallerRole callers, Role needed, HttpContext context)
    {
        if (callers.Of(context.Request) < needed)
        {
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "The caller is not allowed to do this.",
                $"It requires the role '{NameOf(needed)}': send a key (x-functions-key) or a token that has it."
            );
        }
    }

    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
