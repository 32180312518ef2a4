using MudBlazor;
using MudBlazor.Services;

namespace Stepsize.Web.Components.Widgets;

/// <summary>MudBlazor's services, set to the look and manners of the notebook.</summary>
public static class WidgetRegistration
{
    private const int TransitionMilliseconds = 120;

    /// <summary>Long enough to be read twice; what offers an undo stays until it is closed.</summary>
    private const int VisibleMilliseconds = 10_000;

    public static IServiceCollection AddWidgets(this IServiceCollection services)
    {
        services.AddMudServices(options =>
        {
            var snackbar = options.SnackbarConfiguration;
            snackbar.PositionClass = Defaults.Classes.Position.BottomCenter;
            snackbar.ShowTransitionDuration = TransitionMilliseconds;
            snackbar.HideTransitionDuration = TransitionMilliseconds;
            snackbar.VisibleStateDuration = VisibleMilliseconds;
            snackbar.HideIcon = true;
            snackbar.MaximumOpacity = 100;
        });
        services.AddScoped<WidgetFiles>();
        services.AddScoped<Dialogs>();
        services.AddScoped<Notices>();
        return services;
    }
}
