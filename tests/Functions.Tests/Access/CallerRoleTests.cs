using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Serverless.Access;
using Serverless.Imaging;

namespace Functions.Tests.Access;

public sealed class CallerRoleTests
{
    private const string SearchKey = "search-key-0123456789";
    private const string OperateKey = "operate-key-0123456789";
    private const string DeleteKey = "delete-key-0123456789";

    [Theory]
    [InlineData(SearchKey, "Search")]
    [InlineData(OperateKey, "Operate")]
    [InlineData(DeleteKey, "Delete")]
    [InlineData("search-key-012345678", "None")]
    [InlineData("SEARCH-KEY-0123456789", "None")]
    [InlineData("", "None")]
    public void A_key_has_its_role_and_any_other_has_none(string key, string role)
    {
        Assert.Equal(role, $"{WithKeys().Of(Request(("x-functions-key", key)))}");
        var query = new DefaultHttpContext().Request;
        query.QueryString = QueryString.Create("code", key);
        Assert.Equal(role, $"{WithKeys().Of(query)}");
    }

    [Fact]
    public void Without_keys_and_app_roles_the_host_alone_decides() =>
        Assert.Equal(Role.Delete, new CallerRole(Options.Create(new AccessOptions())).Of(Request()));

    [Theory]
    [InlineData("""{"claims":[{"typ":"roles","val":"Images.Search"}]}""", "Search")]
    [InlineData("""{"claims":[{"typ":"roles","val":"Images.Search"},{"typ":"roles","val":"Images.Delete"}]}""", "Delete")]
    [InlineData(
        """{"role_typ":"http://schemas.microsoft.com/ws/2008/06/identity/claims/role","claims":[{"typ":"http://schemas.microsoft.com/ws/2008/06/identity/claims/role","val":"Images.Operate"}]}""",
        "Operate"
    )]
    [InlineData("""{"claims":[{"typ":"name","val":"Images.Delete"}]}""", "None")]
    [InlineData("""{"claims":[{"typ":"roles","val":"images.delete"}]}""", "None")]
    [InlineData("""{"claims":[{"typ":"roles","val":7}]}""", "None")]
    [InlineData("""{"claims":"Images.Delete"}""", "None")]
    [InlineData("[]", "None")]
    [InlineData("not JSON", "None")]
    public void App_roles_come_from_the_claims_that_App_Service_hands_over(string principal, string role)
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));
        Assert.Equal(role, $"{WithAppRoles().Of(Request((ClientPrincipal.Header, header)))}");
        Assert.Equal("None", $"{WithKeys().Of(Request((ClientPrincipal.Header, header)))}");
    }

    [Theory]
    [InlineData("GET", "/api/images", "Search")]
    [InlineData("HEAD", "/API/images", "Search")]
    [InlineData("POST", "/api/something-new", "Operate")]
    [InlineData("PATCH", "/api/images/1", "Operate")]
    [InlineData("DELETE", "/mcp", "Operate")]
    [InlineData("GET", "/ui/review", "None")]
    [InlineData("POST", "/IngestImage", "None")]
    public void A_route_that_does_not_say_what_it_needs_needs_what_its_method_says(string method, string path, string role)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        Assert.Equal(role, $"{NeededRole.Of(context)}");
    }

    [Theory]
    [InlineData("short", null, false, null, "Access:SearchKey is too short: it must have at least 20 characters.")]
    [InlineData(
        SearchKey,
        SearchKey,
        false,
        null,
        "Access:SearchKey and Access:OperateKey are the same: each role needs a key of its own."
    )]
    [InlineData(
        null,
        null,
        true,
        null,
        "Access:AppRoles is true, but App Service authentication is not on: anyone could claim a role. Turn it on, or use keys."
    )]
    [InlineData(
        null,
        null,
        true,
        "False",
        "Access:AppRoles is true, but App Service authentication is not on: anyone could claim a role. Turn it on, or use keys."
    )]
    [InlineData(SearchKey, OperateKey, true, "True", null)]
    public void Settings_that_would_give_a_role_to_the_wrong_caller_are_refused(
        string? search,
        string? operate,
        bool appRoles,
        string? variable,
        string? sentence
    )
    {
        var options = new AccessOptions
        {
            SearchKey = search,
            OperateKey = operate,
            AppRoles = appRoles,
        };
        Assert.Equal(sentence, new AccessOptionsRules(_ => variable).Validate(null, options).FailureMessage);
    }

    private static CallerRole WithKeys() =>
        new(
            Options.Create(
                new AccessOptions
                {
                    SearchKey = SearchKey,
                    OperateKey = OperateKey,
                    DeleteKey = DeleteKey,
                }
            )
        );

    private static CallerRole WithAppRoles() => new(Options.Create(new AccessOptions { AppRoles = true }));

    private static HttpRequest Request(params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }
}
